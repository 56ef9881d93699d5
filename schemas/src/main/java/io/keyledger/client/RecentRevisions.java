package io.keyledger.client;

/** The last revisions of one partition that were applied whole, for whoever asks a moment later. */
final class RecentRevisions {

    /** Far more than come to one partition between a row's reading and its reply's. */
    static final int KEPT = 1_024;

    private final long[] ring = new long[KEPT];
    private long added;

    void add(long revision) {
        ring[(int) (added++ % KEPT)] = revision;
    }

    /** Looks at the latest first: it is nearly always one of them. */
    boolean contains(long revision) {
        for (long i = added - 1; i >= 0 && i >= added - KEPT; i--) {
            if (ring[(int) (i % KEPT)] == revision) {
                return true;
            }
        }
        return false;
    }

    void clear() {
        added = 0;
    }
}
