package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.BILLING;
import static io.keyledger.key.ledger.Fixtures.GLOBAL;
import static io.keyledger.key.ledger.Fixtures.ORGANIZATION;
import static io.keyledger.key.ledger.Fixtures.OVERRIDE;
import static io.keyledger.key.ledger.Fixtures.OWNER;
import static io.keyledger.key.ledger.Fixtures.OWNER_ID;
import static io.keyledger.key.ledger.Fixtures.OWNER_TOKEN;
import static io.keyledger.key.ledger.Fixtures.SHIPPING;
import static io.keyledger.key.ledger.Fixtures.T0;
import static io.keyledger.key.ledger.Fixtures.globalRef;
import static io.keyledger.key.ledger.Fixtures.hosts;
import static io.keyledger.key.ledger.Fixtures.organization;
import static io.keyledger.key.ledger.Fixtures.override;
import static io.keyledger.key.ledger.Fixtures.ownerTokenRef;
import static io.keyledger.key.ledger.Fixtures.sealedName;
import static io.keyledger.key.ledger.Fixtures.secret;
import static io.keyledger.key.ledger.Fixtures.tokenRef;
import static io.keyledger.key.ledger.Fixtures.uuid;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyEvent.HostsLinked;
import io.keyledger.event.KeyEvent.HostsUnlinked;
import io.keyledger.event.KeyEvent.KeyCreated;
import io.keyledger.event.KeyEvent.KeyDeleted;
import io.keyledger.event.KeyEvent.KeyExpired;
import io.keyledger.event.KeyEvent.KeyOverlapFinished;
import io.keyledger.event.KeyEvent.KeyReassigned;
import io.keyledger.event.KeyEvent.KeyRegenerated;
import io.keyledger.event.KeyEvent.KeyRevealed;
import io.keyledger.event.KeyEvent.KeyRevoked;
import io.keyledger.event.KeyEvent.OrganizationCreated;
import io.keyledger.event.KeyEvent.PersonErased;
import io.keyledger.event.KeyEvent.RevokedKeyUsed;
import io.keyledger.event.KeyEvent.SystemChanged;
import io.keyledger.event.KeyEvent.SystemRegistered;
import io.keyledger.event.KeyEvent.SystemRemoved;
import io.keyledger.event.KeyEvent.UserAdded;
import io.keyledger.event.KeyEvent.UserDetailsChanged;
import io.keyledger.event.KeyEvent.UserDisabled;
import io.keyledger.event.KeyEvent.UserEnabled;
import io.keyledger.event.KeyEvent.UserRemoved;
import io.keyledger.event.KeyEvent.UserRoleChanged;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyRef;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.Role;
import io.keyledger.event.SystemId;
import io.keyledger.event.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Events that no decision makes on the state that they meet: they stop a replay, and never change a row. */
class InapplicableEventTest {

    private static final UserId ANNA = new UserId(uuid("anna"));
    private static final SystemId NOWHERE = new SystemId(uuid("nowhere"));
    private static final NewSecret SECOND = secret("second");

    static Stream<KeyEvent> whatCannotFollow() {
        var nobody = new UserId(uuid("nobody"));
        return Stream.of(
                new OrganizationCreated("Acme", OrganizationSettings.DEFAULT),
                // An active key is not replaced in silence.
                new KeyCreated(ref(KeyKind.GLOBAL, SECOND, null, null), null, Set.of(), null),
                new KeyCreated(ref(KeyKind.SYSTEM, SECOND, BILLING, null), null, Set.of(), null),
                new KeyCreated(ref(KeyKind.SYSTEM, SECOND, NOWHERE, null), null, Set.of(), null),
                new KeyCreated(ref(KeyKind.SYSTEM, SECOND, null, null), null, Set.of(), null),
                new KeyCreated(tokenRef(SECOND, nobody), "laptop", Set.of(), null),
                // An id and a secret are one key's for ever.
                new KeyCreated(idOf(GLOBAL, SECOND), "pipeline", Set.of(), null),
                new KeyCreated(idOf(SECOND, GLOBAL), "pipeline", Set.of(), null),
                new KeyRegenerated(next(GLOBAL, OVERRIDE, 2), GLOBAL.hash(), null),
                new KeyRegenerated(next(GLOBAL, SECOND, 3), GLOBAL.hash(), null),
                new KeyRegenerated(next(GLOBAL, SECOND, 2), OVERRIDE.hash(), null),
                new KeyRegenerated(next(OWNER_TOKEN, SECOND, 2), OWNER_TOKEN.hash(), null),
                new KeyRevoked(ownerTokenRef(), RevocationReason.POLICY, null),
                new KeyRevoked(idOf(SECOND, SECOND), RevocationReason.POLICY, null),
                new KeyRevealed(idOf(SECOND, SECOND)),
                new KeyExpired(idOf(SECOND, SECOND), T0),
                new KeyDeleted(idOf(SECOND, SECOND)),
                new KeyReassigned(ownerTokenRef(), ANNA),
                new RevokedKeyUsed(idOf(SECOND, SECOND), null, null, 1, T0, T0),
                new SystemRegistered(BILLING, "Another"),
                new SystemRegistered(NOWHERE, "billing"),
                new SystemChanged(NOWHERE, "Nowhere", null),
                new SystemChanged(SHIPPING, "BILLING", null),
                new SystemChanged(BILLING, "Billing", null),
                new SystemRemoved(NOWHERE, "Nowhere"),
                new SystemRemoved(BILLING, "Billing"),
                new SystemRemoved(SHIPPING, "Shipping"),
                new HostsLinked(NOWHERE, hosts("new-1"), null),
                new HostsLinked(BILLING, hosts("app-1"), null),
                new HostsLinked(BILLING, hosts("app-1", "new-1"), SHIPPING),
                new HostsLinked(BILLING, hosts("new-1", "new-1"), null),
                new HostsLinked(SHIPPING, hosts("app-1"), SHIPPING),
                new HostsUnlinked(BILLING, hosts("app-1")),
                new UserAdded(OWNER_ID, Role.OWNER, sealedName(OWNER_ID), null),
                new UserDetailsChanged(nobody, sealedName(nobody), null),
                new UserRoleChanged(OWNER_ID, Role.VIEWER, Role.MANAGER),
                new UserDisabled(nobody),
                new UserEnabled(ANNA),
                new PersonErased(nobody));
    }

    @ParameterizedTest
    @MethodSource
    void whatCannotFollow(KeyEvent event) {
        var scenario = Scenario.given(override())
                .and(
                        OWNER,
                        new HostsLinked(SHIPPING, hosts("app-1"), null),
                        new KeyRevoked(ownerTokenRef(), RevocationReason.POLICY, null),
                        new UserAdded(ANNA, Role.MANAGER, sealedName(ANNA), null),
                        new UserRemoved(ANNA));
        var last = scenario.log().getLast();
        var next = new LedgerEvent(
                last.eventId(),
                ORGANIZATION,
                last.organizationRevision() + 1,
                last.revision() + 1,
                last.occurredAt(),
                last.commandId(),
                OWNER,
                event);
        assertThatThrownBy(() -> Ledger.evolve(scenario.state(), next))
                .isInstanceOf(InapplicableEvent.class)
                .hasMessageContaining(event.type())
                .hasMessageContaining("revision " + next.revision());
    }

    @Test
    void nothingHappensInAnOrganizationThatIsNotThere() {
        var state = new InMemoryLedgerState();
        for (var event : List.of(
                new KeyCreated(globalRef(), null, Set.of(), null),
                new SystemRegistered(BILLING, "Billing"),
                new UserAdded(OWNER_ID, Role.OWNER, sealedName(OWNER_ID), null))) {
            var first = Scenario.given(organization()).log().getFirst();
            var lost =
                    new LedgerEvent(first.eventId(), ORGANIZATION, 1, 1, T0, first.commandId(), first.actor(), event);
            assertThatThrownBy(() -> Ledger.evolve(state, lost)).isInstanceOf(InapplicableEvent.class);
        }
    }

    @Test
    void aThirdSecretWaitsForTheEndOfAnOverlap() {
        var scenario = Scenario.given(organization())
                .and(OWNER, new KeyRegenerated(next(GLOBAL, SECOND, 2), GLOBAL.hash(), T0.plusSeconds(60)));
        var third = new KeyRegenerated(next(GLOBAL, secret("third"), 3), SECOND.hash(), null);

        // By time alone it does not end: the row of the first secret would be left to the clocks for ever.
        assertThatThrownBy(() -> scenario.after(Duration.ofHours(1)).and(OWNER, third))
                .isInstanceOf(InapplicableEvent.class);
        scenario.and(OWNER, new KeyOverlapFinished(next(GLOBAL, SECOND, 2), GLOBAL.hash(), T0.plusSeconds(60)), third);
    }

    @Test
    void anOverlapEndsOnceAndForItsOwnSecret() {
        var scenario = Scenario.given(organization())
                .and(OWNER, new KeyRegenerated(next(GLOBAL, SECOND, 2), GLOBAL.hash(), T0.plusSeconds(60)));
        var end = new KeyOverlapFinished(next(GLOBAL, SECOND, 2), GLOBAL.hash(), T0);

        assertThatThrownBy(() -> scenario.and(OWNER, new KeyOverlapFinished(end.key(), SECOND.hash(), T0)))
                .isInstanceOf(InapplicableEvent.class);
        scenario.and(OWNER, end);
        assertThatThrownBy(() -> scenario.and(OWNER, end)).isInstanceOf(InapplicableEvent.class);
    }

    /** A key with the id of one and the secret of the other. */
    private static KeyRef idOf(NewSecret id, NewSecret secret) {
        return new KeyRef(id.keyId(), KeyKind.ORGANIZATION, secret.hash(), secret.hint(), 1, null, null);
    }

    private static KeyRef next(NewSecret before, NewSecret secret, int version) {
        return new KeyRef(before.keyId(), KeyKind.GLOBAL, secret.hash(), secret.hint(), version, null, null);
    }

    private static KeyRef ref(KeyKind kind, NewSecret secret, @Nullable SystemId system, @Nullable UserId owner) {
        return new KeyRef(secret.keyId(), kind, secret.hash(), secret.hint(), 1, system, owner);
    }
}
