package io.keyledger.event;

import java.util.UUID;

/** The opaque id of an event, a UUIDv7 (RFC 9562). */
public record EventId(UUID value) implements Comparable<EventId> {

    /**
     * Reads an id from its text.
     *
     * @throws IllegalArgumentException if {@code text} is not a UUID; the message names it
     */
    public static EventId of(String text) {
        return new EventId(Ids.parse("an event id", text));
    }

    @Override
    public int compareTo(EventId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
