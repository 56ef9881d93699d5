package io.keyledger.ingest.edge;

/** What became of a body. */
sealed interface Collected {

    /**
     * All of it.
     *
     * @param bytes of which the first {@code length} are the body
     */
    @SuppressWarnings("ArrayRecordComponent") // A payload is moved, never compared.
    record Whole(byte[] bytes, int length) implements Collected {}

    /**
     * Larger than it may be.
     *
     * @param oneLine whether what was read of it is a single line, which a sender cannot split
     */
    record TooLarge(boolean oneLine) implements Collected {}

    /** The Collector holds as much as it can. */
    record NoRoom() implements Collected {}

    /** It is not what its encoding says, or the connection broke. */
    record Broken() implements Collected {}

    /** It took too long. */
    record Slow() implements Collected {}
}
