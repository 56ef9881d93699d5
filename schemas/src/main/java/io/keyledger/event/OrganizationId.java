package io.keyledger.event;

import java.util.UUID;

/** The opaque id of an organization. */
public record OrganizationId(UUID value) implements Comparable<OrganizationId> {

    /**
     * The organization of the prober, in every ledger. Pushes with its keys are decided like any other, and go nowhere. A
     * UUID of version 8, made from a name: key-service gives all others random ids, or ones made from other names.
     */
    public static final OrganizationId PROBER = of("b43d027f-d107-8edf-9d99-97868ccf4211");

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
