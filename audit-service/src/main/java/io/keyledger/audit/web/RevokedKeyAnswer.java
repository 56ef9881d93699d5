package io.keyledger.audit.web;

import io.keyledger.audit.search.RevokedKey;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One secret that no longer counts: which, whose, when, by whom, why. */
record RevokedKeyAnswer(
        UUID keyId,

        @Schema(allowableValues = {"REVOKED", "DELETED", "SUPERSEDED"})
        String cause,

        String kind,

        @Schema(description = "1 for the key's first secret, one more for each regeneration.")
        int version,

        @Schema(description = "SHA-256 of the secret, in hexadecimal.")
        String hash,

        @Schema(description = "Prefix and last four characters of the secret.") @Nullable
        String hint,

        @Nullable UUID systemId,

        @Schema(description = "The user that the token belonged to.") @Nullable
        UUID ownerId,

        Instant occurredAt,

        @Schema(description = "From when on the secret is refused.")
        Instant effectiveAt,

        ActorAnswer actor,

        @Schema(description = "Of a revocation alone.") @Nullable
        String reason,

        @Nullable String comment,
        UUID eventId,
        long organizationRevision,
        boolean verified) {

    static RevokedKeyAnswer of(RevokedKey key) {
        return new RevokedKeyAnswer(
                key.keyId(),
                key.cause(),
                key.kind(),
                key.version(),
                key.hash(),
                key.hint(),
                key.systemId(),
                key.ownerId(),
                key.occurredAt(),
                key.effectiveAt(),
                new ActorAnswer(key.actorKind(), key.actorUser(), key.actorKey()),
                key.reason(),
                key.comment(),
                key.eventId(),
                key.organizationRevision(),
                key.verified());
    }
}
