package io.keyledger.bench;

import java.util.Arrays;
import java.util.Collection;

/** Times of one run, in nanoseconds. */
final class Times {

    private final long[] sorted;

    private Times(long[] sorted) {
        this.sorted = sorted;
    }

    static Times of(Collection<Long> nanos) {
        return of(nanos.stream().mapToLong(Long::longValue).toArray());
    }

    static Times of(long[] nanos) {
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Times(sorted);
    }

    /** The smallest time that this share of all do not exceed; 1 is the longest. */
    double millis(double share) {
        if (sorted.length == 0) {
            throw new IllegalStateException("Expected times, but nothing was measured.");
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(0, rank - 1)] / 1e6;
    }
}
