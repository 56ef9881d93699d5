package io.keyledger.key.ledger;

import io.keyledger.event.KeyId;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyRef;
import io.keyledger.event.SystemId;
import io.keyledger.event.UserId;
import io.keyledger.key.ledger.Rejection.Fact;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a command may bring as a new secret. */
final class SecretRules {

    private SecretRules() {}

    /**
     * Why a secret cannot become a Collector key's. A Collector key's secret is recoverable, so that one without its
     * sealed form would be one that nobody can ever reveal.
     */
    static Optional<Rejection> refuseCollectorSecret(NewSecret secret, Situation situation) {
        if (secret.sealed() == null) {
            return invalid("Expected the sealed secret of a Collector key, but there is none.");
        }
        return refuseUsed(secret, situation);
    }

    /** Why a secret cannot become a token's: tokens are shown once, and never kept. */
    static Optional<Rejection> refuseToken(NewSecret secret, Situation situation) {
        if (secret.sealed() != null) {
            return invalid("Expected the hash of a token alone, but its sealed secret came with it.");
        }
        return refuseUsed(secret, situation);
    }

    /** The first version of a key. */
    static KeyRef newKey(KeyKind kind, NewSecret secret, @Nullable SystemId system, @Nullable UserId owner) {
        return new KeyRef(secret.keyId(), kind, secret.hash(), secret.hint(), 1, system, owner);
    }

    private static Optional<Rejection> refuseUsed(NewSecret secret, Situation situation) {
        // The owner's id stays out: who tries values must not learn which ones exist.
        if (situation.state().findOrganizationOfHash(secret.hash()).isPresent()) {
            return Optional.of(new Rejection(
                    Fact.SECRET_ALREADY_USED, "Expected a new secret, but this one belongs or belonged to a key."));
        }
        return refuseUsedId(secret.keyId(), situation);
    }

    private static Optional<Rejection> refuseUsedId(KeyId key, Situation situation) {
        return situation.findKey(key).isEmpty()
                ? Optional.empty()
                : invalid("Expected an id for a new key, but there is a key %s.".formatted(key));
    }

    private static Optional<Rejection> invalid(String message) {
        return Optional.of(new Rejection(Fact.INVALID, message));
    }
}
