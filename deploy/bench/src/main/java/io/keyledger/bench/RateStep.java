package io.keyledger.bench;

import java.util.List;

/**
 * Changes at one rate, each asked to wait for its receipt.
 *
 * @param rate changes in a second, as they were due
 * @param receipts in the order in which they came
 */
record RateStep(double rate, List<Receipt> receipts) {

    /** Beyond it nobody waits for a receipt before going on with other work. */
    static final double LONGEST_P99_MS = 2_000;

    RateStep {
        receipts = List.copyOf(receipts);
    }

    /**
     * One change's receipt.
     *
     * @param nanos from when the change was due until its answer was read
     * @param isComplete whether all Collectors had confirmed it
     */
    record Receipt(long nanos, boolean isComplete) {}

    Times times() {
        return Times.of(receipts.stream().map(Receipt::nanos).toList());
    }

    /** How many changes were made. */
    int made() {
        return receipts.size();
    }

    long incomplete() {
        return receipts.stream().filter(receipt -> !receipt.isComplete()).count();
    }

    /** Whether all receipts were complete, and came soon enough: what waits longer and longer does not. */
    boolean isHeld() {
        return incomplete() == 0 && times().millis(0.99) <= LONGEST_P99_MS;
    }
}
