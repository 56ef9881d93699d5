package io.keyledger.event;

/** What becomes of a push of which some hosts are refused. */
public enum MixedBatches {
    /** The passing lines go on, the others are dropped, counted and told. */
    SPLIT,
    /** All of it is refused. */
    REJECT
}
