package io.keyledger.event;

import java.util.UUID;

/** The opaque id of a monitored system. */
public record SystemId(UUID value) implements Comparable<SystemId> {

    /**
     * Reads an id from its text.
     *
     * @throws IllegalArgumentException if {@code text} is not a UUID; the message names it
     */
    public static SystemId of(String text) {
        return new SystemId(Ids.parse("a System id", text));
    }

    @Override
    public int compareTo(SystemId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
