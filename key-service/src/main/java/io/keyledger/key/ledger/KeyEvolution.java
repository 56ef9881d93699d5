package io.keyledger.key.ledger;

import io.keyledger.event.KeyEvent.KeyDeleted;
import io.keyledger.event.KeyEvent.KeyPermissionsChanged;
import io.keyledger.event.KeyEvent.KeyReassigned;
import io.keyledger.event.KeyEvent.KeyRevoked;
import io.keyledger.event.KeyRef;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.Permission;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.UserId;
import io.keyledger.key.ledger.LedgerState.KeyState;
import io.keyledger.key.ledger.LedgerState.Revocation;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the events of keys change, but for those that bring a secret. */
final class KeyEvolution {

    private KeyEvolution() {}

    static void revoked(KeyRevoked event, Evolution evolution) {
        var key = requireActive(event.key(), evolution);
        var revocation = new Revocation(evolution.at(), event.reason(), event.comment());
        put(key, KeyStatus.REVOKED, key.ownerId(), key.permissions(), revocation, evolution);
    }

    static void reassigned(KeyReassigned event, Evolution evolution) {
        var key = require(event.key(), evolution);
        if (!event.previousOwnerId().equals(key.ownerId())) {
            throw evolution.inapplicable("key %s belongs to user %s.".formatted(key.id(), key.ownerId()));
        }
        put(key, key.status(), event.key().ownerId(), key.permissions(), key.revocation(), evolution);
    }

    static void deleted(KeyDeleted event, Evolution evolution) {
        var key = require(event.key(), evolution);
        var revocation = Objects.requireNonNullElseGet(
                key.revocation(), () -> new Revocation(evolution.at(), RevocationReason.UNSPECIFIED, null));
        put(key, KeyStatus.REVOKED, key.ownerId(), key.permissions(), revocation, evolution);
    }

    static void permissionsChanged(KeyPermissionsChanged event, Evolution evolution) {
        var key = require(event.key(), evolution);
        put(key, key.status(), key.ownerId(), event.permissions(), key.revocation(), evolution);
    }

    /** The key that the event names, whatever its state. */
    static KeyState require(KeyRef ref, Evolution evolution) {
        return evolution
                .state()
                .findKey(evolution.id(), ref.keyId())
                .orElseThrow(() -> evolution.inapplicable("there is no key %s.".formatted(ref.keyId())));
    }

    /** The key that the event names, which has not been revoked. */
    static KeyState requireActive(KeyRef ref, Evolution evolution) {
        var key = require(ref, evolution);
        if (!key.active()) {
            throw evolution.inapplicable("key %s is revoked: %s.".formatted(key.id(), key.revocation()));
        }
        return key;
    }

    private static void put(
            KeyState key,
            KeyStatus status,
            @Nullable UserId owner,
            Set<Permission> permissions,
            @Nullable Revocation revocation,
            Evolution evolution) {
        evolution
                .state()
                .putKey(
                        evolution.id(),
                        new KeyState(
                                key.id(),
                                key.kind(),
                                status,
                                key.hash(),
                                key.hint(),
                                key.version(),
                                key.systemId(),
                                owner,
                                key.description(),
                                permissions,
                                key.createdAt(),
                                key.createdBy(),
                                key.secretCreatedAt(),
                                key.expiresAt(),
                                key.previousHash(),
                                key.previousSecretCreatedAt(),
                                key.supersededAt(),
                                revocation));
    }
}
