package io.keyledger.audit.search;

import io.keyledger.event.OrganizationId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events of one organization are asked for; what is null does not narrow it.
 *
 * @param key the id of the key that an event is of
 * @param system the System that an event is of, whose key it is of, or that hosts were moved from
 * @param actor the user who acted, or the key that was used
 * @param type such as {@code KeyRevoked}
 * @param from the first moment
 * @param to the first moment after
 */
public record EventFilter(
        OrganizationId organization,
        @Nullable UUID key,
        @Nullable UUID system,
        @Nullable UUID actor,
        @Nullable String type,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** @throws IllegalArgumentException if {@code from} is after {@code to} */
    public EventFilter {
        if (from != null && to != null && from.isAfter(to)) {
            throw new IllegalArgumentException("Expected from before to, but got " + from + " and " + to + ".");
        }
    }

    /** All events of an organization. */
    public static EventFilter of(OrganizationId organization) {
        return new EventFilter(organization, null, null, null, null, null, null);
    }
}
