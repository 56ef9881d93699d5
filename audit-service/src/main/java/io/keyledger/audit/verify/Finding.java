package io.keyledger.audit.verify;

/**
 * Something in the record that does not hold.
 *
 * @param revision in the partition
 * @param detail a sentence
 */
public record Finding(Kind kind, int partition, long revision, String detail) {

    /** What does not hold. */
    public enum Kind {
        /** Leaf, chain or revision: the bytes were changed, or events were taken away or put in. */
        CHAIN,
        /** What an event is found by is not what its bytes say. */
        COLUMNS,
        /** The record of the secret that the event ended is not what its bytes say. */
        REVOKED_TOKEN,
        /** An organization's events are not numbered without gaps. */
        ORGANIZATION_REVISION
    }
}
