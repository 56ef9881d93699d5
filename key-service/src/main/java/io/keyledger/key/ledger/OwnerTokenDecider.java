package io.keyledger.key.ledger;

import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyEvent.KeyCreated;
import io.keyledger.event.KeyEvent.KeyRevoked;
import io.keyledger.event.KeyKind;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Permission;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.UserId;
import io.keyledger.key.ledger.Command.ProvisionOwnerToken;
import io.keyledger.key.ledger.LedgerState.KeyState;
import io.keyledger.key.ledger.Rejection.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides of the Owner's token that comes from the environment. */
final class OwnerTokenDecider {

    /** How the token is told from those that the Owner makes. */
    static final String DESCRIPTION = "Owner token from the environment";

    private OwnerTokenDecider() {}

    static Decision provision(ProvisionOwnerToken command, Situation situation) {
        var organization = situation.organization();
        var owner = organization.ownerId();
        if (owner == null) {
            return Decision.reject(
                    Fact.INVALID,
                    "Expected organization %s to have an Owner, but it has none.".formatted(situation.id()));
        }
        var known = situation
                .state()
                .findKeyOfHash(situation.id(), command.token().hash())
                .flatMap(situation::findKey);
        if (known.isPresent()) {
            return decideKnown(command, known.get(), owner, situation);
        }
        var refusal = SecretRules.refuseToken(command.token(), situation);
        if (refusal.isPresent()) {
            return new Decision.Rejected(refusal.get());
        }
        // The new one is there before the old one goes: whoever reads in between is never locked out.
        var events = new ArrayList<KeyEvent>();
        events.add(created(command.token(), owner));
        findProvisioned(situation)
                .map(before -> new KeyRevoked(before.ref(), RevocationReason.SUPERSEDED, null))
                .ifPresent(events::add);
        return Decision.accept(events, answer(situation.id()));
    }

    static Decision withdraw(Situation situation) {
        return findProvisioned(situation)
                .map(token -> Decision.accept(
                        List.of(new KeyRevoked(token.ref(), RevocationReason.DECOMMISSIONED, null)),
                        answer(situation.id())))
                .orElseGet(() -> Decision.unchanged(answer(situation.id())));
    }

    /** All permissions: it is what the Owner starts with. */
    static KeyCreated created(NewSecret token, UserId owner) {
        return new KeyCreated(
                SecretRules.newKey(KeyKind.USER, token, null, owner), DESCRIPTION, Set.of(Permission.values()), null);
    }

    /** The organization with its provisioned token. */
    static Decision.AnswerOf answer(OrganizationId id) {
        return after -> {
            var organization = new Situation(id, after, Instant.EPOCH).organization();
            var token = organization.ownerTokenId();
            return new Answer.OfOrganization(
                    organization,
                    token == null ? null : after.findKey(id, token).orElse(null));
        };
    }

    private static Decision decideKnown(
            ProvisionOwnerToken command, KeyState known, UserId owner, Situation situation) {
        if (known.kind() != KeyKind.USER || !owner.equals(known.ownerId())) {
            return Decision.reject(
                    Fact.SECRET_ALREADY_USED,
                    "Expected a value for the owner token that no other key has, but one has it: make a new value.");
        }
        if (!known.active() || !known.hash().equals(command.token().hash())) {
            return Decision.reject(
                    Fact.SECRET_REVOKED,
                    "Expected a value for the owner token that still counts, but token %s was revoked and stays so: make a new value."
                            .formatted(known.id()));
        }
        return Decision.unchanged(answer(situation.id()));
    }

    private static Optional<KeyState> findProvisioned(Situation situation) {
        return situation.findKey(situation.organization().ownerTokenId()).filter(KeyState::active);
    }
}
