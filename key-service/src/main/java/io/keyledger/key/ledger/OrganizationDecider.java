package io.keyledger.key.ledger;

import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyEvent.KeyCreated;
import io.keyledger.event.KeyEvent.OrganizationCreated;
import io.keyledger.event.KeyEvent.UserAdded;
import io.keyledger.event.KeyKind;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.Role;
import io.keyledger.key.ledger.Command.CreateOrganization;
import io.keyledger.key.ledger.Rejection.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Decides of organizations. */
final class OrganizationDecider {

    private OrganizationDecider() {}

    static Decision create(CreateOrganization command, Situation situation) {
        var id = situation.id();
        if (situation.state().findOrganization(id).isPresent()) {
            return Decision.reject(
                    Fact.ORGANIZATION_ALREADY_EXISTS,
                    ("Expected a new organization, but %s exists. An Idempotency-Key names the same organization for"
                                    + " ever, also after the 24 hours in which its answer comes again: send another key.")
                            .formatted(id));
        }
        var refusal = TextRules.refuseName("the organization", command.name())
                .or(() -> refuseDataKeys(command, situation))
                .or(() -> refuseSecrets(command, situation));
        if (refusal.isPresent()) {
            return new Decision.Rejected(refusal.get());
        }
        var events = new ArrayList<KeyEvent>();
        events.add(new OrganizationCreated(command.name(), OrganizationSettings.DEFAULT));
        events.add(new UserAdded(command.ownerId(), Role.OWNER, command.ownerName(), null));
        events.add(new KeyCreated(
                SecretRules.newKey(KeyKind.GLOBAL, command.globalKey(), null, null), null, Set.of(), null));
        var token = command.ownerToken();
        if (token != null) {
            events.add(OwnerTokenDecider.created(token, command.ownerId()));
        }
        return Decision.accept(events, OwnerTokenDecider.answer(id));
    }

    private static Optional<Rejection> refuseSecrets(CreateOrganization command, Situation situation) {
        var token = command.ownerToken();
        var global = command.globalKey();
        if (token == null) {
            return SecretRules.refuseCollectorSecret(global, situation);
        }
        if (token.hash().equals(global.hash()) || token.keyId().equals(global.keyId())) {
            return Optional.of(new Rejection(
                    Fact.SECRET_ALREADY_USED, "Expected two secrets, but the owner token is the global key."));
        }
        return SecretRules.refuseCollectorSecret(global, situation).or(() -> SecretRules.refuseToken(token, situation));
    }

    /** Events are for ever: a name under a key that is not kept could never be read, and one of another never erased. */
    private static Optional<Rejection> refuseDataKeys(CreateOrganization command, Situation situation) {
        var expected =
                Set.copyOf(List.of(situation.id().value(), command.ownerId().value()));
        var subjects = command.dataKeys().stream().map(WrappedDataKey::subject).toList();
        if (subjects.size() != expected.size() || !expected.equals(Set.copyOf(subjects))) {
            return invalid("Expected the data keys of %s, but got those of %s.".formatted(expected, subjects));
        }
        return refuseOwnerName(command.ownerName().subject(), command.ownerId().value());
    }

    private static Optional<Rejection> refuseOwnerName(UUID subject, UUID owner) {
        return subject.equals(owner)
                ? Optional.empty()
                : invalid("Expected the Owner's name under the data key of %s, but it is under that of %s."
                        .formatted(owner, subject));
    }

    private static Optional<Rejection> invalid(String message) {
        return Optional.of(new Rejection(Fact.INVALID, message));
    }
}
