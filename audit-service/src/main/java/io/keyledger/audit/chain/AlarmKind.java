package io.keyledger.audit.chain;

/** What can be wrong with the log of events, or with the record of it. */
public enum AlarmKind {
    /** Revisions are missing before this event. */
    GAP,
    /** An event of a revision before the last one, which was missing until now. */
    OUT_OF_ORDER,
    /** Another event under a revision that is taken. */
    REPEAT_WITH_OTHER_BYTES,
    /** The leaf is not the hash of the event's bytes. */
    LEAF_MISMATCH,
    /** The chain does not go on from the event before. */
    CHAIN_BROKEN,
    /** Envelope and record disagree on the revision or the organization. */
    ENVELOPE_MISMATCH,
    /** The record lacks what it takes to place it: key, body or a header. */
    UNPLACEABLE_RECORD,
    /** No schema at hand reads the body, or the database takes none of what it says; the bytes are kept and their chain is checked all the same. */
    UNREADABLE_EVENT;

    /** Whether it is the affair of one event's organization alone; else of all whose events are in the same chain. */
    public boolean concernsOneEvent() {
        return switch (this) {
            case REPEAT_WITH_OTHER_BYTES, ENVELOPE_MISMATCH, UNREADABLE_EVENT -> true;
            case GAP, OUT_OF_ORDER, LEAF_MISMATCH, CHAIN_BROKEN, UNPLACEABLE_RECORD -> false;
        };
    }
}
