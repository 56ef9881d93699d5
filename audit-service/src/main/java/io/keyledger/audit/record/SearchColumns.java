package io.keyledger.audit.record;

import io.keyledger.audit.chain.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an event can be found by; derived from its bytes and from nothing else, so that the verifier derives it again.
 *
 * @param organizationId of an event that cannot be read: from the record's key, or null
 * @param systemId the System that the event is of, or whose key it is of
 * @param movedFrom the System that the hosts belonged to before
 * @param userId the user that the event is of, or whose token it is of
 * @param payload the decoded payload as JSON; null: of a type or a schema that this version does not know
 */
public record SearchColumns(
        @Nullable UUID eventId,
        @Nullable UUID organizationId,
        @Nullable Long organizationRevision,
        @Nullable Instant occurredAt,
        @Nullable String type,
        @Nullable UUID commandId,
        @Nullable String actorKind,
        @Nullable UUID actorUser,
        @Nullable UUID actorKey,
        @Nullable UUID keyId,
        @Nullable Bytes keyHash,
        @Nullable UUID systemId,
        @Nullable UUID movedFrom,
        @Nullable UUID userId,
        List<String> hosts,
        @Nullable String payload) {
    public SearchColumns {
        hosts = List.copyOf(hosts);
        type = StorableText.ofNullable(type);
    }

    /** The same with another text of the payload. */
    public SearchColumns withPayload(@Nullable String json) {
        return new SearchColumns(
                eventId,
                organizationId,
                organizationRevision,
                occurredAt,
                type,
                commandId,
                actorKind,
                actorUser,
                actorKey,
                keyId,
                keyHash,
                systemId,
                movedFrom,
                userId,
                hosts,
                json);
    }
}
