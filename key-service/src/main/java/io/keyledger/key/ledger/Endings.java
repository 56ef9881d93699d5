package io.keyledger.key.ledger;

import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyEvent.KeyOverlapFinished;
import io.keyledger.event.KeyEvent.KeyRevoked;
import io.keyledger.event.RevocationReason;
import io.keyledger.key.ledger.LedgerState.KeyState;
import io.keyledger.key.ledger.Rejection.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How secrets end: the older one of an overlap, and all of a key's. */
final class Endings {

    private Endings() {}

    /** Why the older secret cannot be kept for so long. */
    static Optional<Rejection> refuseOverlap(@Nullable Duration overlap) {
        if (overlap == null
                || (overlap.compareTo(Limits.SHORTEST_OVERLAP) >= 0 && overlap.compareTo(Limits.OVERLAP) <= 0)) {
            return Optional.empty();
        }
        return Optional.of(new Rejection(
                Fact.OVERLAP_OUT_OF_RANGE,
                "Expected an overlap of %s to %s, but got %s."
                        .formatted(Limits.SHORTEST_OVERLAP, Limits.OVERLAP, overlap)));
    }

    /** Whether the secret before the current one still passes. */
    static boolean overlaps(KeyState key, Instant now) {
        return key.previousHash() != null
                && key.supersededAt() != null
                && key.supersededAt().isAfter(now);
    }

    /**
     * Ends what is left of a key's overlap. One that has run out is ended too: its row still leaves the end to the
     * Collector's clock, and nothing would name that secret again.
     */
    static Optional<KeyEvent> ofOverlap(KeyState key, Instant now) {
        var older = key.previousHash();
        var end = key.supersededAt();
        return older == null
                ? Optional.empty()
                : Optional.of(new KeyOverlapFinished(key.ref(), older, end == null || end.isAfter(now) ? now : end));
    }

    /** Revokes all of a key's secrets. One that still passes is revoked with the key; one that has run out was replaced. */
    static List<KeyEvent> ofKey(KeyState key, RevocationReason reason, @Nullable String comment, Instant now) {
        KeyEvent revoked = new KeyRevoked(key.ref(), reason, comment);
        return ofOverlap(key, now)
                .map(end -> overlaps(key, now) ? List.of(revoked, end) : List.of(end, revoked))
                .orElseGet(() -> List.of(revoked));
    }
}
