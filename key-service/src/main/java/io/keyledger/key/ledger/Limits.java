package io.keyledger.key.ledger;

import java.time.Duration;

/** How much of one thing a command may hold. */
public final class Limits {

    /** Hosts that one command links and unlinks: one transaction, one event of bounded size. */
    public static final int HOST_CHANGES = 500;

    /** Characters (code points) of a name. */
    public static final int NAME_LENGTH = 200;

    /** Characters (code points) of a comment. */
    public static final int COMMENT_LENGTH = 1_000;

    /** The longest grace period: a hundred years is for ever, and still a time that every reader can hold. */
    public static final Duration GRACE = Duration.ofDays(36_500);

    /** The shortest overlap of two secrets: an overlap of nothing is none, and is asked for by saying nothing. */
    public static final Duration SHORTEST_OVERLAP = Duration.ofSeconds(1);

    /** The longest overlap of two secrets: a rotation that takes longer has been forgotten, and both are to be guarded. */
    public static final Duration OVERLAP = Duration.ofDays(30);

    private Limits() {}
}
