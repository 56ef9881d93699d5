package io.keyledger.client;

/**
 * A topic that a loader follows.
 *
 * @param mode how
 * @param isLedgers whether it has the ledger's number of partitions
 * @param comesFirst whether it is loaded before the others
 * @param follower told of each record
 */
record FollowedTopic(String name, Mode mode, boolean isLedgers, boolean comesFirst, RecordFollower follower) {

    /** Whether a tombstone that was missed would leave something in this process that is gone. */
    boolean isKept() {
        return isProved() || (isLedgers && mode == Mode.WHOLE);
    }

    boolean isProved() {
        return mode == Mode.TABLE || mode == Mode.PROVED;
    }

    /** Whether somebody may wait until it is read to its end. */
    boolean isAwaited() {
        return isLedgers || isProved();
    }

    enum Mode {
        /** A table that is kept: its freshness is proved. */
        TABLE,
        /** From its first record on. */
        WHOLE,
        /** From its first record on; that nothing newer is in it is proved, as for a table. */
        PROVED,
        /** What comes from now on. */
        FROM_END
    }
}
