package io.keyledger.audit.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.keyledger.audit.search.FoundEvent;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One event of the permanent record. */
record EventAnswer(
        UUID eventId,

        @Schema(description = "The event's number in its organization, without gaps.")
        long organizationRevision,

        @Schema(description = "The partition of the ledger.")
        int partition,

        @Schema(description = "The event's number in its partition, without gaps.")
        long revision,

        Instant occurredAt,
        Instant recordedAt,
        @Schema(example = "KeyRevoked") String type,
        UUID commandId,
        ActorAnswer actor,
        @Nullable UUID keyId,
        @Nullable UUID systemId,
        @Nullable UUID userId,
        List<String> hosts,

        @Schema(
                type = "object",
                nullable = true,
                description = "What happened; null for a type that was not known when it was recorded.")
        @JsonRawValue
        @Nullable
        String payload,

        @Schema(description = "SHA-256 of the event's bytes, in hexadecimal.")
        String leaf,

        @Schema(description = "The partition's hash chain after this event, in hexadecimal.")
        String chain,

        @Schema(description = "Whether this event, and every one before it in its partition, held on arrival.")
        boolean verified) {

    static EventAnswer of(FoundEvent event) {
        return new EventAnswer(
                event.eventId(),
                event.organizationRevision(),
                event.partition(),
                event.revision(),
                event.occurredAt(),
                event.recordedAt(),
                event.type(),
                event.commandId(),
                new ActorAnswer(event.actorKind(), event.actorUser(), event.actorKey()),
                event.keyId(),
                event.systemId(),
                event.userId(),
                event.hosts(),
                event.payload(),
                event.leaf(),
                event.chain(),
                event.verified());
    }
}
