package io.keyledger.event;

import java.util.UUID;

/** The opaque id of a command. */
public record CommandId(UUID value) implements Comparable<CommandId> {

    /**
     * Reads an id from its text.
     *
     * @throws IllegalArgumentException if {@code text} is not a UUID; the message names it
     */
    public static CommandId of(String text) {
        return new CommandId(Ids.parse("a command id", text));
    }

    @Override
    public int compareTo(CommandId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
