package io.keyledger.key.ledger;

import io.keyledger.event.KeyEvent.OfUser;
import io.keyledger.event.KeyEvent.OrganizationCreated;
import io.keyledger.event.KeyEvent.OrganizationSettingsChanged;
import io.keyledger.event.KeyEvent.UserAdded;
import io.keyledger.event.KeyEvent.UserRoleChanged;
import io.keyledger.event.Role;
import io.keyledger.event.UserId;
import io.keyledger.event.UserStatus;
import io.keyledger.key.ledger.LedgerState.OrganizationState;
import io.keyledger.key.ledger.LedgerState.UserState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the events of an organization and of its users change. */
final class OrganizationEvolution {

    private OrganizationEvolution() {}

    static void created(OrganizationCreated event, Evolution evolution) {
        if (evolution.state().findOrganization(evolution.id()).isPresent()) {
            throw evolution.inapplicable("the organization exists.");
        }
        evolution
                .state()
                .putOrganization(new OrganizationState(
                        evolution.id(),
                        event.name(),
                        event.settings(),
                        1,
                        null,
                        null,
                        null,
                        evolution.at(),
                        null,
                        evolution.envelope().organizationRevision()));
    }

    static void settingsChanged(OrganizationSettingsChanged event, Evolution evolution) {
        evolution.state().putOrganization(evolution.organization().withSettings(event.settings()));
    }

    static void userAdded(UserAdded event, Evolution evolution) {
        if (evolution.state().findUser(evolution.id(), event.userId()).isPresent()) {
            throw evolution.inapplicable("there is or was a user %s.".formatted(event.userId()));
        }
        put(new UserState(event.userId(), event.role(), UserStatus.ACTIVE, null), evolution);
    }

    static void userRoleChanged(UserRoleChanged event, Evolution evolution) {
        var user = requireUser(event.userId(), evolution);
        if (user.role() != event.previousRole()) {
            throw evolution.inapplicable("user %s has the role %s.".formatted(user.id(), user.role()));
        }
        put(new UserState(user.id(), event.role(), user.status(), user.notBefore()), evolution);
    }

    static void userStatus(OfUser event, UserStatus status, Evolution evolution) {
        var user = requireUser(event.userId(), evolution);
        if (user.status() == UserStatus.REMOVED) {
            throw evolution.inapplicable("user %s was removed.".formatted(user.id()));
        }
        put(new UserState(user.id(), user.role(), status, user.notBefore()), evolution);
    }

    /** The user that the event names, whatever its status. */
    static UserState requireUser(@Nullable UserId user, Evolution evolution) {
        return Optional.ofNullable(user)
                .flatMap(id -> evolution.state().findUser(evolution.id(), id))
                .orElseThrow(() -> evolution.inapplicable("there is no user %s.".formatted(user)));
    }

    private static void put(UserState user, Evolution evolution) {
        var organization = evolution.organization();
        evolution.state().putUser(evolution.id(), user);
        if (user.role() == Role.OWNER) {
            evolution.state().putOrganization(organization.withOwner(user.id()));
        }
    }
}
