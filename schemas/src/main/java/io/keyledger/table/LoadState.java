package io.keyledger.table;

import java.util.function.Supplier;

/** Whether a table is whole; so that no reader takes what it saw of a table that is being loaded for an answer. */
final class LoadState {

    /** Even: whole. A single thread writes. */
    private volatile long stamp;

    synchronized void begin() {
        if (stamp % 2 == 0) {
            stamp++;
        }
    }

    synchronized void end() {
        if (stamp % 2 != 0) {
            stamp++;
        }
    }

    /** The answer of {@code find}, or unreadable if the table was not whole all the time. */
    <R extends Row> Found<R> during(Supplier<Found<R>> find) {
        return during(find, new Found.Unreadable<>());
    }

    /** The answer of {@code find}, or {@code otherwise} if the table was not whole all the time. */
    <T> T during(Supplier<T> find, T otherwise) {
        long before = stamp;
        if (before % 2 != 0) {
            return otherwise;
        }
        var found = find.get();
        return stamp == before ? found : otherwise;
    }
}
