package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.ORGANIZATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.Actor;
import io.keyledger.event.KeyEvent.KeyRegenerated;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.SecretHash;
import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.Command.RemoveOverride;
import io.keyledger.key.ledger.Command.RemoveSystem;
import io.keyledger.key.ledger.LedgerState.KeyState;
import io.keyledger.table.Row;
import io.keyledger.table.Row.HostRow;
import io.keyledger.table.Row.KeyRow;
import io.keyledger.table.Row.SystemRow;
import io.keyledger.table.RowKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds after any commands in any order; each run's seed is in its name. */
class LedgerPropertiesTest {

    private static final int COMMANDS = 400;

    /** A few that never change, so that a failure stays one, and new ones in each run. */
    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 20), new Random().longs(10));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyHistoryKeepsItsPromises(long seed) {
        var random = new Random(seed);
        var commands = new RandomCommands(random);
        var scenario = Scenario.given(Fixtures.organization());
        var revoked = new HashSet<SecretHash>();
        for (var step = 0; step < COMMANDS; step++) {
            var required = requirements(scenario);
            var command = commands.next(step);
            scenario.by(command instanceof Command.ProvisionOwnerToken ? Actor.LEDGER : Fixtures.OWNER)
                    .after(Duration.ofMillis(random.nextInt(-1_000, 5_000)))
                    .when(command);
            var what = "seed %d, step %d: %s".formatted(seed, step, command);
            atMostOneActiveKeyInEachPlace(scenario, what);
            aRevokedSecretStaysRevoked(scenario, revoked, what);
            theOldSecretEndsAsTheRegenerationSays(scenario, what);
            onlyRemovalEndsARequirement(scenario, command, required, what);
            rowsSayWhatTheStateSays(scenario, what);
        }
        theLogIsGapless(scenario.log());
        assertThat(replay(scenario.log(), false)).isEqualTo(scenario.state().snapshots());
        assertThat(replay(scenario.log(), true))
                .as("each event twice")
                .isEqualTo(scenario.state().snapshots());
        assertThat(rowsOf(scenario.log())).isEqualTo(scenario.rows());
    }

    /** If the generator made nothing happen, the promises would be kept by doing nothing. */
    @Test
    void theHistoriesAreWorthIt() {
        var scenario = Scenario.given(Fixtures.organization());
        var commands = new RandomCommands(new Random(2));
        var refusals = new HashSet<Rejection.Fact>();
        for (var step = 0; step < COMMANDS; step++) {
            var command = commands.next(step);
            scenario.by(command instanceof Command.ProvisionOwnerToken ? Actor.LEDGER : Fixtures.OWNER)
                    .after(Duration.ofSeconds(1))
                    .when(command);
            scenario.refusal().map(Rejection::fact).ifPresent(refusals::add);
        }
        assertThat(scenario.log().stream().map(event -> event.event().type()).collect(Collectors.toSet()))
                .contains(
                        "KeyCreated",
                        "KeyRegenerated",
                        "KeyOverlapFinished",
                        "KeyRevoked",
                        "KeyRevealed",
                        "SystemRegistered",
                        "SystemChanged",
                        "SystemRemoved",
                        "HostsLinked",
                        "HostsUnlinked",
                        "OrganizationSettingsChanged");
        assertThat(refusals)
                .contains(
                        Rejection.Fact.OVERRIDE_ALREADY_ACTIVE,
                        Rejection.Fact.ALREADY_REVOKED,
                        Rejection.Fact.NO_OVERLAP,
                        Rejection.Fact.OVERLAP_OUT_OF_RANGE,
                        Rejection.Fact.KEY_NOT_FOUND,
                        Rejection.Fact.SYSTEM_NOT_FOUND,
                        Rejection.Fact.SYSTEM_HAS_HOSTS,
                        Rejection.Fact.HOST_LINKED_ELSEWHERE,
                        Rejection.Fact.SECRET_ALREADY_USED);
    }

    private static void atMostOneActiveKeyInEachPlace(Scenario scenario, String what) {
        var active = scenario.rows().values().stream()
                .filter(KeyRow.class::isInstance)
                .map(KeyRow.class::cast)
                .filter(key -> key.status() == KeyStatus.ACTIVE && key.supersededAt() == null)
                .toList();
        assertThat(active.stream().filter(key -> key.kind() == KeyKind.GLOBAL))
                .as(what)
                .hasSizeLessThan(2);
        assertThat(active.stream().filter(key -> key.kind() == KeyKind.SYSTEM).map(KeyRow::systemId))
                .as(what)
                .doesNotHaveDuplicates();
    }

    private static void aRevokedSecretStaysRevoked(Scenario scenario, Set<SecretHash> revoked, String what) {
        for (var row : scenario.rows().values()) {
            if (row instanceof KeyRow key && key.status() == KeyStatus.REVOKED) {
                revoked.add(key.hash());
            }
        }
        for (var hash : revoked) {
            assertThat(scenario.row(new RowKey.OfKey(hash), KeyRow.class).map(KeyRow::status))
                    .as(what)
                    .contains(KeyStatus.REVOKED);
        }
    }

    private static void theOldSecretEndsAsTheRegenerationSays(Scenario scenario, String what) {
        var last = scenario.log().getLast();
        if (last.event() instanceof KeyRegenerated(var key, var previous, var until)) {
            var old = scenario.keyRow(previous);
            assertThat(old.status()).as(what).isEqualTo(until == null ? KeyStatus.REVOKED : KeyStatus.ACTIVE);
            assertThat(old.supersededAt()).as(what).isEqualTo(until == null ? last.occurredAt() : until);
            assertThat(scenario.row(new RowKey.OfKey(key.hash()), KeyRow.class).map(KeyRow::keyId))
                    .as(what)
                    .contains(key.keyId());
        }
    }

    private static void onlyRemovalEndsARequirement(
            Scenario scenario, Command command, Set<SystemId> before, String what) {
        var after = requirements(scenario);
        for (var system : before) {
            var removed = (command instanceof RemoveOverride(var id) && id.equals(system))
                    || (command instanceof RemoveSystem(var gone, var _) && gone.equals(system));
            assertThat(after.contains(system) || removed).as(what).isTrue();
        }
    }

    /** No key counts for a System that is not there, no host belongs to one, and the counts are right. */
    private static void rowsSayWhatTheStateSays(Scenario scenario, String what) {
        var hosts = new HashMap<SystemId, Integer>();
        for (var row : scenario.rows().values()) {
            if (row instanceof HostRow host) {
                hosts.merge(host.systemId(), 1, Integer::sum);
            }
        }
        for (var id : RandomCommands.SYSTEMS) {
            var system = scenario.state().findSystem(ORGANIZATION, id);
            assertThat(system.map(LedgerState.SystemState::hostCount).orElse(0))
                    .as(what)
                    .isEqualTo(hosts.getOrDefault(id, 0));
            var row = scenario.row(new RowKey.OfSystem(id), SystemRow.class);
            assertThat(row.isPresent()).as(what).isEqualTo(system.isPresent());
            // Whoever has a key of its own requires one: else that key would pass nowhere, and the global one would.
            var own = system.map(LedgerState.SystemState::overrideKeyId)
                    .flatMap(key -> scenario.state().findKey(ORGANIZATION, key))
                    .filter(KeyState::active);
            assertThat(own.isEmpty() || requirements(scenario).contains(id))
                    .as(what)
                    .isTrue();
        }
    }

    private static void theLogIsGapless(List<LedgerEvent> log) {
        for (var i = 0; i < log.size(); i++) {
            assertThat(log.get(i).revision()).isEqualTo(i + 1L);
            assertThat(log.get(i).organizationRevision()).isEqualTo(i + 1L);
            if (i > 0) {
                assertThat(log.get(i).occurredAt())
                        .isAfterOrEqualTo(log.get(i - 1).occurredAt());
            }
        }
    }

    private static Object replay(List<LedgerEvent> log, boolean twice) {
        var state = new InMemoryLedgerState();
        for (var event : log) {
            Ledger.evolve(state, event);
            if (twice) {
                assertThat(Ledger.evolve(state, event)).isFalse();
            }
        }
        return state.snapshots();
    }

    private static Map<RowKey, Row> rowsOf(List<LedgerEvent> log) {
        var state = new InMemoryLedgerState();
        var rows = new HashMap<RowKey, Row>();
        log.forEach(event -> {
            var changes = Ledger.apply(state, event);
            assertThat(changes.stream().map(change -> change.key().topic()).collect(Collectors.toSet()))
                    .as("the tables of " + event.event().type())
                    .isEqualTo(Ledger.tables(event.event()));
            Scenario.apply(changes, rows);
        });
        return rows;
    }

    private static Set<SystemId> requirements(Scenario scenario) {
        var systems = new HashSet<SystemId>();
        for (var row : scenario.rows().values()) {
            if (row instanceof SystemRow system && system.overrideRequiredFrom() != null) {
                systems.add(system.systemId());
            }
        }
        return systems;
    }
}
