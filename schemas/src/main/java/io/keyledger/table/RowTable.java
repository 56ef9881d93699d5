package io.keyledger.table;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The rows of one of the smaller tables. One writer, any number of readers. */
final class RowTable<K, R extends Row> {

    private final Map<K, Found<R>> rows = new ConcurrentHashMap<>();
    private final AtomicLong unreadable = new AtomicLong();

    Found<R> find(K key) {
        var found = rows.get(key);
        return found == null ? new Found.Absent<>() : found;
    }

    void put(K key, R row) {
        uncount(rows.put(key, new Found.Present<>(row)));
    }

    void markUnreadable(K key) {
        unreadable.incrementAndGet();
        uncount(rows.put(key, new Found.Unreadable<>()));
    }

    void remove(K key) {
        uncount(rows.remove(key));
    }

    long unreadable() {
        return unreadable.get();
    }

    long size() {
        return rows.size();
    }

    private void uncount(@Nullable Found<R> before) {
        if (before instanceof Found.Unreadable<R>) {
            unreadable.decrementAndGet();
        }
    }
}
