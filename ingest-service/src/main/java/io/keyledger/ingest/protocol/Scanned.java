package io.keyledger.ingest.protocol;

/** What became of a payload that was read. */
public sealed interface Scanned permits ScannedLines, Scanned.TooManyLines, Scanned.NoRoom {

    /** It has more lines than are taken. */
    record TooManyLines() implements Scanned {}

    /** There is no memory for what has to be known of it. */
    record NoRoom() implements Scanned {}
}
