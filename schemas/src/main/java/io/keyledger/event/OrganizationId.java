package io.keyledger.event;

import java.util.UUID;

/** The opaque id of an organization. */
public record OrganizationId(UUID value) implements Comparable<OrganizationId> {

    /**
     * Reads an id from its text.
     *
     * @throws IllegalArgumentException if {@code text} is not a UUID; the message names it
     */
    public static OrganizationId of(String text) {
        return new OrganizationId(Ids.parse("an organization id", text));
    }

    @Override
    public int compareTo(OrganizationId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
