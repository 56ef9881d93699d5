package io.keyledger.audit.record;

import io.keyledger.audit.chain.Bytes;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyRef;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.SecretHash;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A secret that no longer counts: of a key that was revoked or deleted, or that a regeneration replaced. Who did it, when,
 * and whose key it is stands in the event.
 *
 * @param kind of the key, such as {@code SYSTEM}
 * @param version of the secret, from 1 on
 * @param hash of the secret
 * @param hint of the secret; null: the event does not tell it, an earlier one may
 * @param effectiveAt from when on the secret is refused
 * @param reason of a revocation alone
 * @param comment of a revocation alone
 */
public record RevokedToken(
        Cause cause,
        String kind,
        int version,
        Bytes hash,
        @Nullable String hint,
        Instant effectiveAt,
        @Nullable String reason,
        @Nullable String comment) {
    public RevokedToken {
        hint = StorableText.ofNullable(hint);
        comment = StorableText.ofNullable(comment);
    }

    /** How it ended. */
    public enum Cause {
        REVOKED,
        DELETED,
        /** Replaced by a new secret of the same key. */
        SUPERSEDED
    }

    /** The secret that the event ends, if it ends one. */
    public static Optional<RevokedToken> of(LedgerEvent event) {
        var now = event.occurredAt();
        return switch (event.event()) {
            case KeyEvent.KeyRevoked(var key, var reason, var comment) ->
                Optional.of(of(Cause.REVOKED, key, now, reason, comment));
            case KeyEvent.KeyDeleted(var key) -> Optional.of(of(Cause.DELETED, key, now, null, null));
            case KeyEvent.KeyRegenerated(var key, var previous, var supersededAt) ->
                Optional.of(superseded(key, previous, supersededAt == null ? now : supersededAt));
            // One that had run out is on record from the regeneration, with its end.
            case KeyEvent.KeyOverlapFinished(var key, var older, var at)
            when !at.isBefore(now) -> Optional.of(superseded(key, older, at));
            default -> Optional.empty();
        };
    }

    /** The same without its hint, which may come from another event. */
    public RevokedToken withoutHint() {
        return new RevokedToken(cause, kind, version, hash, null, effectiveAt, reason, comment);
    }

    private static RevokedToken of(
            Cause cause, KeyRef key, Instant effectiveAt, @Nullable RevocationReason reason, @Nullable String comment) {
        return new RevokedToken(
                cause,
                key.kind().name(),
                key.version(),
                Bytes.of(key.hash().toBytes()),
                key.hint(),
                effectiveAt,
                reason == null ? null : reason.name(),
                comment);
    }

    private static RevokedToken superseded(KeyRef key, SecretHash previous, Instant effectiveAt) {
        return new RevokedToken(
                Cause.SUPERSEDED,
                key.kind().name(),
                key.version() - 1,
                Bytes.of(previous.toBytes()),
                null,
                effectiveAt,
                null,
                null);
    }
}
