package io.keyledger.table;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one of the smaller tables. Each has a place, and the place a number, by which the larger tables refer to it
 * without a look-up. One writer at a time, any number of readers.
 */
final class RowTable<K, R extends Row> {

    /** Where the row of one thing is or will be; it outlives the row. */
    static final class Place<K, R extends Row> {
        /** The one object for this id. */
        final K id;

        final int number;
        private volatile Found<R> found = new Found.Absent<>();

        private Place(K id, int number) {
            this.id = id;
            this.number = number;
        }

        Found<R> found() {
            return found;
        }
    }

    private final Map<K, Place<K, R>> places = new ConcurrentHashMap<>();

    @SuppressWarnings({"unchecked", "rawtypes"}) // Only place() writes, and it writes a Place<K, R>.
    private volatile @Nullable Place<K, R>[] numbered = new Place[16];

    private long present;
    private long unreadable;

    Found<R> find(K key) {
        var place = places.get(key);
        return place == null ? new Found.Absent<>() : place.found;
    }

    /** The number of a thing, or -1 if nothing was ever heard of it. */
    int number(K key) {
        var place = places.get(key);
        return place == null ? -1 : place.number;
    }

    /** The place of a number that was given before. */
    Place<K, R> place(int number) {
        var place = numbered[number];
        if (place == null) {
            throw new IllegalArgumentException("Expected a number that was given, but got " + number + ".");
        }
        return place;
    }

    /** The place of a thing, which has one from now on. */
    synchronized Place<K, R> place(K key) {
        var known = places.get(key);
        if (known != null) {
            return known;
        }
        var place = new Place<K, R>(key, places.size());
        var grown = place.number < numbered.length ? numbered : Arrays.copyOf(numbered, place.number * 2);
        grown[place.number] = place;
        // A volatile write publishes the place before anybody can have its number.
        numbered = grown;
        places.put(key, place);
        return place;
    }

    void put(K key, R row) {
        set(place(key), new Found.Present<>(row));
    }

    void markUnreadable(K key) {
        set(place(key), new Found.Unreadable<>());
    }

    void remove(K key) {
        var place = places.get(key);
        if (place != null) {
            set(place, new Found.Absent<>());
        }
    }

    /** Drops all rows; their places stay, for others refer to them. */
    void clear() {
        places.values().forEach(place -> set(place, new Found.Absent<>()));
    }

    synchronized long unreadable() {
        return unreadable;
    }

    synchronized long size() {
        return present;
    }

    private synchronized void set(Place<K, R> place, Found<R> found) {
        count(place.found, -1);
        count(found, 1);
        place.found = found;
    }

    private void count(Found<R> found, int by) {
        present += found instanceof Found.Absent<R> ? 0 : by;
        unreadable += found instanceof Found.Unreadable<R> ? by : 0;
    }
}
