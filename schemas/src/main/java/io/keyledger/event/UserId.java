package io.keyledger.event;

import java.util.UUID;

/** The opaque id of a user. */
public record UserId(UUID value) implements Comparable<UserId> {

    /**
     * Reads an id from its text.
     *
     * @throws IllegalArgumentException if {@code text} is not a UUID; the message names it
     */
    public static UserId of(String text) {
        return new UserId(Ids.parse("a user id", text));
    }

    @Override
    public int compareTo(UserId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
