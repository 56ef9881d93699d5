package io.keyledger.table;

/**
 * What a table knows of one thing. Unknown is not "no": {@link Absent} may merely not have been heard of yet, and
 * {@link Unreadable} must never be read as the row before it.
 *
 * @param <R> the kind of row
 */
public sealed interface Found<R extends Row> {

    /** The row, as last read. */
    record Present<R extends Row>(R row) implements Found<R> {}

    /** No row, so far. */
    record Absent<R extends Row>() implements Found<R> {}

    /** The last record cannot be read by this version. */
    record Unreadable<R extends Row>() implements Found<R> {}
}
