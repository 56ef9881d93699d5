package io.keyledger.key.directory;

/**
 * A point in the ledger: {@code partition:revision} in {@code Keyledger-Revision} and {@code Keyledger-Min-Revision}.
 *
 * @param partition of the ledger
 * @param revision of an event in that partition; 0: before the first
 */
public record LedgerPosition(int partition, long revision) {

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static LedgerPosition parse(String text) {
        int colon = text.indexOf(':');
        try {
            int partition = Integer.parseInt(text, 0, Math.max(colon, 0), 10);
            long revision = Long.parseLong(text, colon + 1, text.length(), 10);
            if (partition >= 0 && revision >= 0) {
                return new LedgerPosition(partition, revision);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(expected(), e);
        }
        throw new IllegalArgumentException(expected());
    }

    private static String expected() {
        return "Expected a position in the ledger as partition:revision, such as 3:1042.";
    }

    @Override
    public String toString() {
        return partition + ":" + revision;
    }
}
