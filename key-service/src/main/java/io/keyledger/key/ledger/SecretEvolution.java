package io.keyledger.key.ledger;

import io.keyledger.event.Actor;
import io.keyledger.event.KeyEvent.KeyCreated;
import io.keyledger.event.KeyEvent.KeyOverlapFinished;
import io.keyledger.event.KeyEvent.KeyRegenerated;
import io.keyledger.event.KeyId;
import io.keyledger.event.KeyRef;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.SecretHash;
import io.keyledger.key.ledger.LedgerState.KeyState;

/** What the events that bring a secret change. */
final class SecretEvolution {

    private SecretEvolution() {}

    static void created(KeyCreated event, Evolution evolution) {
        var key = event.key();
        if (evolution.state().findKey(evolution.id(), key.keyId()).isPresent()) {
            throw evolution.inapplicable("there is a key %s.".formatted(key.keyId()));
        }
        requireNewHash(key.hash(), evolution);
        evolution
                .state()
                .putKey(
                        evolution.id(),
                        new KeyState(
                                key.keyId(),
                                key.kind(),
                                KeyStatus.ACTIVE,
                                key.hash(),
                                key.hint(),
                                key.version(),
                                key.systemId(),
                                key.ownerId(),
                                event.description(),
                                event.permissions(),
                                evolution.at(),
                                evolution.envelope().actor(),
                                evolution.at(),
                                event.expiresAt(),
                                null,
                                null,
                                null,
                                null));
        remember(key, evolution);
    }

    static void regenerated(KeyRegenerated event, Evolution evolution) {
        var next = event.key();
        var before = KeyEvolution.requireActive(next, evolution);
        if (!before.hash().equals(event.previousHash()) || next.version() != before.version() + 1) {
            throw evolution.inapplicable(
                    "key %s has version %d of another secret.".formatted(before.id(), before.version()));
        }
        // The oldest secret's row would be in nobody's state any more, and nothing would ever revoke it.
        if (before.previousHash() != null) {
            throw evolution.inapplicable(
                    "the overlap until %s has not been finished.".formatted(before.supersededAt()));
        }
        requireNewHash(next.hash(), evolution);
        evolution
                .state()
                .putKey(
                        evolution.id(),
                        new KeyState(
                                before.id(),
                                before.kind(),
                                before.status(),
                                next.hash(),
                                next.hint(),
                                next.version(),
                                before.systemId(),
                                before.ownerId(),
                                before.description(),
                                before.permissions(),
                                before.createdAt(),
                                before.createdBy(),
                                evolution.at(),
                                before.expiresAt(),
                                event.supersededAt() == null ? null : event.previousHash(),
                                before.secretCreatedAt(),
                                event.supersededAt(),
                                before.revocation()));
    }

    static void overlapFinished(KeyOverlapFinished event, Evolution evolution) {
        var key = KeyEvolution.require(event.key(), evolution);
        if (!event.finishedHash().equals(key.previousHash())) {
            throw evolution.inapplicable("that secret is not in an overlap of key %s.".formatted(key.id()));
        }
        evolution
                .state()
                .putKey(
                        evolution.id(),
                        new KeyState(
                                key.id(),
                                key.kind(),
                                key.status(),
                                key.hash(),
                                key.hint(),
                                key.version(),
                                key.systemId(),
                                key.ownerId(),
                                key.description(),
                                key.permissions(),
                                key.createdAt(),
                                key.createdBy(),
                                key.secretCreatedAt(),
                                key.expiresAt(),
                                null,
                                key.previousSecretCreatedAt(),
                                null,
                                key.revocation()));
    }

    private static void requireNewHash(SecretHash hash, Evolution evolution) {
        evolution.state().findOrganizationOfHash(hash).ifPresent(owner -> {
            throw evolution.inapplicable(
                    "its secret belongs or belonged to a key of organization %s.".formatted(owner));
        });
    }

    /** Where the organization, or the System, names the new key as its own. */
    private static void remember(KeyRef key, Evolution evolution) {
        var organization = evolution.organization();
        switch (key.kind()) {
            case GLOBAL -> {
                if (organization.globalKeyId() != null) {
                    requireRevoked(organization.globalKeyId(), evolution);
                }
                evolution.state().putOrganization(organization.withGlobalKey(key.keyId()));
            }
            case SYSTEM -> {
                var system = SystemEvolution.require(key.systemId(), evolution);
                if (system.overrideKeyId() != null) {
                    requireRevoked(system.overrideKeyId(), evolution);
                }
                evolution.state().putSystem(evolution.id(), system.withOverrideKey(key.keyId()));
            }
            case USER -> {
                OrganizationEvolution.requireUser(key.ownerId(), evolution);
                // Only the environment's token is made by no person.
                var maker = evolution.envelope().actor().kind();
                if (maker == Actor.Kind.LEDGER || maker == Actor.Kind.OPERATOR) {
                    evolution.state().putOrganization(organization.withOwnerToken(key.keyId()));
                }
            }
            case ORGANIZATION -> {
                // Many, and none of them is named anywhere.
            }
        }
    }

    private static void requireRevoked(KeyId id, Evolution evolution) {
        if (evolution
                .state()
                .findKey(evolution.id(), id)
                .filter(KeyState::active)
                .isPresent()) {
            throw evolution.inapplicable("there is an active key %s in its place.".formatted(id));
        }
    }
}
