package io.keyledger.key.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.keyledger.event.Actor;
import io.keyledger.event.KeyId;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.SystemId;
import io.keyledger.event.UserId;
import io.keyledger.key.directory.Entry.KeyEntry;
import io.keyledger.key.ledger.Answer;
import io.keyledger.key.secret.Secret;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A Collector key, as callers see it. */
record KeyView(
        KeyId id,
        KeyKind kind,
        KeyStatus state,

        @Schema(description = "the last characters of the secret", example = "…3f2a")
        String hint,

        @Schema(description = "1 for the first secret, one more for each regeneration")
        int version,

        Instant createdAt,
        By createdBy,

        @Schema(description = "when the current secret was made")
        Instant secretCreatedAt,

        @Schema(description = "until when the secret before passes too, never in the past; null: it does not") @Nullable
        Instant overlapUntil,

        @Schema(description = "of an override") @Nullable SystemName system,

        @Schema(description = "null: it was not revoked") @Nullable
        Revoked revoked,

        @Schema(description = "where it is made or revealed alone") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        Secret secret) {

    /** Who made a key. */
    record By(
            Actor.Kind kind,
            @Nullable UserId user,
            @Nullable KeyId key) {
        static By of(Actor actor) {
            return new By(actor.kind(), actor.user(), actor.key());
        }
    }

    /** A System's id and name. */
    record SystemName(SystemId id, String name) {}

    /** When and why a key was revoked. */
    record Revoked(
            Instant at, RevocationReason reason, @Nullable String comment) {}

    static KeyView of(KeyEntry key) {
        return of(key, null);
    }

    /** After a change; with the secret if the caller is to see it. */
    static KeyView of(Answer.OfKey answer, @Nullable Secret secret) {
        return of(KeyEntry.of(answer.key(), answer.system()), secret);
    }

    private static KeyView of(KeyEntry key, @Nullable Secret secret) {
        var system = key.system();
        var name = key.systemName();
        var revoked = key.revoked();
        var until = key.overlapUntil();
        return new KeyView(
                key.id(),
                key.kind(),
                key.status(),
                key.hint(),
                key.version(),
                key.createdAt(),
                By.of(key.createdBy()),
                key.secretCreatedAt(),
                until == null || until.isBefore(Instant.now()) ? null : until,
                system == null || name == null ? null : new SystemName(system, name),
                revoked == null ? null : new Revoked(revoked.at(), revoked.reason(), revoked.comment()),
                secret);
    }
}
