package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.BILLING;
import static io.keyledger.key.ledger.Fixtures.ORGANIZATION;
import static io.keyledger.key.ledger.Fixtures.OVERRIDE;
import static io.keyledger.key.ledger.Fixtures.SHIPPING;
import static io.keyledger.key.ledger.Fixtures.T0;
import static io.keyledger.key.ledger.Fixtures.hosts;
import static io.keyledger.key.ledger.Fixtures.override;
import static io.keyledger.key.ledger.Fixtures.overrideRef;
import static io.keyledger.key.ledger.Fixtures.systems;
import static io.keyledger.key.ledger.Fixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.KeyEvent.HostsLinked;
import io.keyledger.event.KeyEvent.KeyRevoked;
import io.keyledger.event.KeyEvent.SystemChanged;
import io.keyledger.event.KeyEvent.SystemRegistered;
import io.keyledger.event.KeyEvent.SystemRemoved;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.Command.RegisterSystem;
import io.keyledger.key.ledger.Command.RemoveSystem;
import io.keyledger.key.ledger.Command.RenameSystem;
import io.keyledger.key.ledger.Rejection.Fact;
import io.keyledger.table.Row.KeyRow;
import io.keyledger.table.Row.SystemRow;
import io.keyledger.table.RowKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemDeciderTest {

    private static final SystemId NEW = new SystemId(uuid("new"));

    @Test
    void aSystemStartsWithoutAnOverride() {
        var scenario =
                Scenario.given(systems()).when(new RegisterSystem(NEW, "New")).then(new SystemRegistered(NEW, "New"));

        assertThat(scenario.changes()).containsExactly(new RowChange.Put(new SystemRow(NEW, ORGANIZATION, null, 7)));
        var system = scenario.answer(Answer.OfSystem.class).system();
        assertThat(system.version()).isEqualTo(1);
        assertThat(system.hostCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Billing", "BILLING", "bILLING"})
    void aNameIsTakenWhateverItsCase(String name) {
        Scenario.given(systems())
                .when(new RegisterSystem(NEW, name))
                .thenRefused(Fact.SYSTEM_NAME_TAKEN, name, BILLING)
                .when(new RenameSystem(SHIPPING, name, null))
                .thenRefused(Fact.SYSTEM_NAME_TAKEN, name, BILLING);
    }

    @Test
    void namesThatDifferOnlyAsLettersDoInSomeLanguagesAreOne() {
        Scenario.given(systems())
                .when(new RegisterSystem(NEW, "Straße"))
                .then(new SystemRegistered(NEW, "Straße"))
                .when(new RegisterSystem(new SystemId(uuid("newer")), "STRASSE"))
                .thenRefused(Fact.SYSTEM_NAME_TAKEN, NEW);
    }

    @Test
    void aNameIsFreeAgainAfterARenameOrARemoval() {
        Scenario.given(systems())
                .when(new RenameSystem(BILLING, "Invoices", null))
                .then(new SystemChanged(BILLING, "Invoices", null))
                .when(new RegisterSystem(NEW, "billing"))
                .then(new SystemRegistered(NEW, "billing"))
                .when(new RemoveSystem(NEW, null))
                .then(new SystemRemoved(NEW, "billing"))
                .when(new RenameSystem(SHIPPING, "Billing", null))
                .then(new SystemChanged(SHIPPING, "Billing", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\tb", "a\u0085b"})
    void aNameIsSomethingThatCanBeSeen(String name) {
        Scenario.given(systems())
                .when(new RegisterSystem(NEW, name))
                .thenRefused(Fact.INVALID, "System")
                .when(new RenameSystem(BILLING, name, null))
                .thenRefused(Fact.INVALID, "System");
    }

    @Test
    void aNameHasAtMost200Characters() {
        var longest = "🗄".repeat(200);
        Scenario.given(systems())
                .when(new RegisterSystem(NEW, longest + "x"))
                .thenRefused(Fact.INVALID, "200", "201")
                .when(new RegisterSystem(NEW, longest))
                .then(new SystemRegistered(NEW, longest));
    }

    @Test
    void anIdIsUsedOnce() {
        Scenario.given(systems()).when(new RegisterSystem(BILLING, "New")).thenRefused(Fact.INVALID, BILLING);
    }

    @Test
    void aSystemMayChangeTheCaseOfItsOwnName() {
        Scenario.given(override())
                .when(new RenameSystem(BILLING, "BILLING", null))
                .then(new SystemChanged(BILLING, "BILLING", T0));
    }

    @Test
    void theSameNameAgainIsNoEvent() {
        Scenario.given(systems()).when(new RenameSystem(BILLING, "Billing", 1L)).then();
    }

    @Test
    void aSystemThatIsNotThereIsNamed() {
        Scenario.given(systems())
                .when(new RenameSystem(NEW, "New", null))
                .thenRefused(Fact.SYSTEM_NOT_FOUND, NEW)
                .when(new RemoveSystem(NEW, null))
                .thenRefused(Fact.SYSTEM_NOT_FOUND, NEW);
    }

    @Test
    void theSecondOfTwoEditorsIsToldSo() {
        Scenario.given(systems())
                .when(new RenameSystem(BILLING, "Invoices", 1L))
                .then(new SystemChanged(BILLING, "Invoices", null))
                .when(new RenameSystem(BILLING, "Bills", 1L))
                .thenRefused(Fact.VERSION_MISMATCH, "version 1", "version 2")
                .when(new RemoveSystem(BILLING, 1L))
                .thenRefused(Fact.VERSION_MISMATCH, "version 1", "version 2");
    }

    @Test
    void aSystemWithHostsStays() {
        Scenario.given(systems())
                .and(Fixtures.OWNER, new HostsLinked(BILLING, hosts("web-1", "web-2"), null))
                .when(new RemoveSystem(BILLING, null))
                .thenRefused(Fact.SYSTEM_HAS_HOSTS, "Billing", BILLING, "2");
    }

    @Test
    void aSystemTakesItsOverrideWithIt() {
        var scenario = Scenario.given(override())
                .when(new RemoveSystem(BILLING, null))
                .then(
                        new KeyRevoked(overrideRef(OVERRIDE, 1), RevocationReason.DECOMMISSIONED, null),
                        new SystemRemoved(BILLING, "Billing"));

        assertThat(scenario.row(new RowKey.OfKey(OVERRIDE.hash()), KeyRow.class))
                .hasValueSatisfying(row -> assertThat(row.status()).isEqualTo(KeyStatus.REVOKED));
        assertThat(scenario.changes()).contains(new RowChange.Remove(ORGANIZATION, new RowKey.OfSystem(BILLING), 10));
        assertThat(scenario.sources())
                .isEqualTo(List.of(new SourceChange.RemoveSealedSecret(ORGANIZATION, OVERRIDE.keyId(), 9)));
        assertThat(scenario.state().findSystem(ORGANIZATION, BILLING)).isEmpty();
    }
}
