package io.keyledger.table;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps one object for each value, and gives it a small number. One writer at a time, any number of readers. */
final class Interner<T> {

    private final Map<T, Integer> numbers = new ConcurrentHashMap<>();
    private volatile @Nullable Object[] values = new Object[16];

    /** The number of a value, or -1 if it has none. */
    int find(T value) {
        return numbers.getOrDefault(value, -1);
    }

    /** The number of a value, from now on if it had none. */
    synchronized int number(T value) {
        var known = numbers.get(value);
        if (known != null) {
            return known;
        }
        int number = numbers.size();
        var grown = number < values.length ? values : Arrays.copyOf(values, number * 2);
        grown[number] = value;
        // A volatile write publishes the value before anybody can have its number.
        values = grown;
        numbers.put(value, number);
        return number;
    }

    /** The value of a number that was given before. */
    @SuppressWarnings("unchecked") // Only number() writes, and it writes a T.
    T value(int number) {
        var value = values[number];
        if (value == null) {
            throw new IllegalArgumentException("Expected a number that was given, but got " + number + ".");
        }
        return (T) value;
    }

    /** The one object for a value. */
    T canonical(T value) {
        return value(number(value));
    }
}
