package io.keyledger.event;

import java.util.UUID;

/** The opaque id of a key's record; it says nothing of the secret. */
public record KeyId(UUID value) implements Comparable<KeyId> {

    /**
     * Reads an id from its text.
     *
     * @throws IllegalArgumentException if {@code text} is not a UUID; the message names it
     */
    public static KeyId of(String text) {
        return new KeyId(Ids.parse("a key id", text));
    }

    @Override
    public int compareTo(KeyId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
