package io.keyledger.audit.search;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One secret that no longer counts, as it is answered: which, whose, when, by whom, why.
 *
 * @param cause {@code REVOKED}, {@code DELETED} or {@code SUPERSEDED}
 * @param hash SHA-256 of the secret, in hexadecimal
 * @param occurredAt when it was decided
 * @param effectiveAt from when on the secret is refused
 * @param revision of the event that ended it, in its partition
 */
public record RevokedKey(
        UUID keyId,
        String cause,
        String kind,
        int version,
        String hash,
        @Nullable String hint,
        @Nullable UUID systemId,
        @Nullable UUID ownerId,
        Instant occurredAt,
        Instant effectiveAt,
        String actorKind,
        @Nullable UUID actorUser,
        @Nullable UUID actorKey,
        @Nullable String reason,
        @Nullable String comment,
        UUID eventId,
        long organizationRevision,
        int partition,
        long revision,
        boolean verified) {

    /** Where it stands in a list. */
    Cursor place() {
        return new Cursor(revision, partition);
    }
}
