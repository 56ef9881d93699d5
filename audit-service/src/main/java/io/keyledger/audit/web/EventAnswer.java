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
        @Schema(description = "Null, as all that is read from an event's bytes, if they cannot be read.") @Nullable
        UUID eventId,

        @Schema(description = "The event's number in its organization, without gaps.") @Nullable
        Long organizationRevision,

        @Schema(description = "The partition of the ledger.")
        int partition,

        @Schema(description = "The event's number in its partition, without gaps.")
        long revision,

        @Nullable Instant occurredAt,
        Instant recordedAt,

        @Schema(example = "KeyRevoked", description = "Unreadable: its bytes are kept, and nobody can read them here.")
        String type,

        @Nullable UUID commandId,
        @Nullable ActorAnswer actor,
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

        @Schema(description = "SHA-256 of the event's Avro body, in hexadecimal.")
        String bodyHash,

        @Schema(description = "The event's hash in the chain as the log says it, in hexadecimal.")
        String leaf,

        @Schema(description = "The partition's hash chain after this event, in hexadecimal.")
        String chain,

        @Schema(description = "Whether this event, and every one before it in its partition, held on arrival.")
        boolean verified) {

    static EventAnswer of(FoundEvent event) {
        var actor = event.actorKind();
        return new EventAnswer(
                event.eventId(),
                event.organizationRevision(),
                event.partition(),
                event.revision(),
                event.occurredAt(),
                event.recordedAt(),
                event.type(),
                event.commandId(),
                actor == null ? null : new ActorAnswer(actor, event.actorUser(), event.actorKey()),
                event.keyId(),
                event.systemId(),
                event.userId(),
                event.hosts(),
                event.payload(),
                event.bodyHash(),
                event.leaf(),
                event.chain(),
                event.verified());
    }
}
