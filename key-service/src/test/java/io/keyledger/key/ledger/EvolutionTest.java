package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.BILLING;
import static io.keyledger.key.ledger.Fixtures.GLOBAL;
import static io.keyledger.key.ledger.Fixtures.ORGANIZATION;
import static io.keyledger.key.ledger.Fixtures.OVERRIDE;
import static io.keyledger.key.ledger.Fixtures.OWNER;
import static io.keyledger.key.ledger.Fixtures.OWNER_ID;
import static io.keyledger.key.ledger.Fixtures.OWNER_TOKEN;
import static io.keyledger.key.ledger.Fixtures.T0;
import static io.keyledger.key.ledger.Fixtures.globalRef;
import static io.keyledger.key.ledger.Fixtures.organization;
import static io.keyledger.key.ledger.Fixtures.override;
import static io.keyledger.key.ledger.Fixtures.overrideRef;
import static io.keyledger.key.ledger.Fixtures.sealedName;
import static io.keyledger.key.ledger.Fixtures.tokenRef;
import static io.keyledger.key.ledger.Fixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.event.KeyEvent.KeyDeleted;
import io.keyledger.event.KeyEvent.KeyReassigned;
import io.keyledger.event.KeyEvent.KeyRevoked;
import io.keyledger.event.KeyEvent.PersonErased;
import io.keyledger.event.KeyEvent.SystemChanged;
import io.keyledger.event.KeyEvent.Unknown;
import io.keyledger.event.KeyEvent.UserAdded;
import io.keyledger.event.KeyEvent.UserDetailsChanged;
import io.keyledger.event.KeyEvent.UserDisabled;
import io.keyledger.event.KeyEvent.UserEnabled;
import io.keyledger.event.KeyEvent.UserRemoved;
import io.keyledger.event.KeyEvent.UserRoleChanged;
import io.keyledger.event.KeyId;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.Role;
import io.keyledger.event.UserId;
import io.keyledger.event.UserStatus;
import io.keyledger.key.ledger.LedgerState.KeyState;
import io.keyledger.key.ledger.LedgerState.OrganizationState;
import io.keyledger.key.ledger.LedgerState.UserState;
import org.junit.jupiter.api.Test;

class EvolutionTest {

    private static final UserId ANNA = new UserId(uuid("anna"));

    @Test
    void aRepeatedEventChangesNothing() {
        var scenario = Scenario.given(override());
        var before = scenario.state().snapshots();
        for (var event : scenario.log()) {
            assertThat(Ledger.evolve(scenario.state(), event)).isFalse();
            assertThat(Ledger.apply(scenario.state(), event)).isEmpty();
        }
        assertThat(scenario.state().snapshots()).isEqualTo(before);
    }

    @Test
    void aMissingEventIsNoticed() {
        var log = Scenario.given(override()).log();
        var state = new InMemoryLedgerState();
        Ledger.evolve(state, log.get(0));
        assertThatThrownBy(() -> Ledger.evolve(state, log.get(2)))
                .isInstanceOf(InapplicableEvent.class)
                .hasMessageContaining(log.get(2).eventId().toString())
                .hasMessageContaining("revision 3")
                .hasMessageContaining("number 1");
    }

    @Test
    void whatANewerVersionWroteIsSteppedOver() {
        var scenario = Scenario.given(organization());
        var before = scenario.state().findOrganization(ORGANIZATION).orElseThrow();
        scenario.and(OWNER, new Unknown("KeyPolished"));
        assertThat(scenario.state().findOrganization(ORGANIZATION)).contains(before.withRevision(5));
        assertThat(scenario.changes()).isEmpty();
    }

    @Test
    void usersComeAndGo() {
        var scenario = Scenario.given(organization())
                .and(
                        OWNER,
                        new UserAdded(ANNA, Role.MANAGER, sealedName(ANNA), null),
                        new UserDetailsChanged(ANNA, sealedName(ANNA), null),
                        new UserRoleChanged(ANNA, Role.ADMINISTRATOR, Role.MANAGER),
                        new UserDisabled(ANNA));
        assertThat(user(scenario)).isEqualTo(new UserState(ANNA, Role.ADMINISTRATOR, UserStatus.DISABLED, null));
        scenario.and(OWNER, new UserEnabled(ANNA));
        assertThat(user(scenario).status()).isEqualTo(UserStatus.ACTIVE);
        scenario.and(OWNER, new UserRemoved(ANNA), new PersonErased(ANNA));
        assertThat(user(scenario).status()).isEqualTo(UserStatus.REMOVED);
    }

    @Test
    void anOrganizationKnowsItsOwner() {
        var scenario = Scenario.given(organization())
                .and(
                        OWNER,
                        new UserAdded(ANNA, Role.ADMINISTRATOR, sealedName(ANNA), null),
                        new UserRoleChanged(ANNA, Role.OWNER, Role.ADMINISTRATOR),
                        new UserRoleChanged(OWNER_ID, Role.ADMINISTRATOR, Role.OWNER));
        assertThat(scenario.state().findOrganization(ORGANIZATION).map(OrganizationState::ownerId))
                .contains(ANNA);
    }

    @Test
    void tokensChangeHands() {
        var scenario = Scenario.given(organization())
                .and(
                        OWNER,
                        new UserAdded(ANNA, Role.ADMINISTRATOR, sealedName(ANNA), null),
                        new KeyReassigned(tokenRef(OWNER_TOKEN, ANNA), OWNER_ID));
        assertThat(key(scenario, OWNER_TOKEN.keyId()).ownerId()).isEqualTo(ANNA);
        scenario.and(OWNER, new KeyDeleted(tokenRef(OWNER_TOKEN, ANNA)));
        assertThat(key(scenario, OWNER_TOKEN.keyId()).active()).isFalse();
        // The record of who revoked it, and why, is not overwritten by a later deletion.
        scenario.and(
                OWNER, new KeyRevoked(globalRef(), RevocationReason.COMPROMISED, "seen"), new KeyDeleted(globalRef()));
        assertThat(key(scenario, GLOBAL.keyId()).revocation())
                .isEqualTo(new LedgerState.Revocation(T0, RevocationReason.COMPROMISED, "seen"));
    }

    @Test
    void aSystemForgetsAnOverrideThatWasRemoved() {
        var scenario = Scenario.given(override())
                .and(
                        OWNER,
                        new KeyRevoked(overrideRef(OVERRIDE, 1), RevocationReason.DECOMMISSIONED, null),
                        new SystemChanged(BILLING, "Billing", null));
        var system = scenario.state().findSystem(ORGANIZATION, BILLING).orElseThrow();
        assertThat(system.overrideKeyId()).isNull();
        assertThat(system.version()).isEqualTo(3);
    }

    private static UserState user(Scenario scenario) {
        return scenario.state().findUser(ORGANIZATION, ANNA).orElseThrow();
    }

    private static KeyState key(Scenario scenario, KeyId id) {
        return scenario.state().findKey(ORGANIZATION, id).orElseThrow();
    }
}
