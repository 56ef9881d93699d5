package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.Actor;
import io.keyledger.event.KeyId;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SecretHash;
import io.keyledger.event.SystemId;
import io.keyledger.event.UserId;
import io.keyledger.table.Row;
import io.keyledger.table.Row.KeyRow;
import io.keyledger.table.RowKey;
import io.keyledger.table.SourceRow.SealedSecretRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Thousands of short histories of two organizations in one partition, who bring the same few secrets, by everybody who
 * may act and some who may not: nothing that is decided cannot be applied, and no history breaks a rule.
 */
class RandomWalkTest {

    private static final int STEPS = 60;

    @Test
    void nothingIsDecidedThatCannotBeApplied() {
        var outcomes = new HashSet<String>();
        LongStream.concat(LongStream.range(0, 1_000), new Random().longs(2_000))
                .forEach(seed -> new Walk(seed, outcomes).go());
        // If nothing had happened, no rule would have been broken.
        assertThat(outcomes)
                .contains("OrganizationCreated", "KeyCreated", "KeyRegenerated", "KeyOverlapFinished", "KeyRevoked")
                .contains("HostsLinked", "HostsUnlinked", "SystemRemoved", "OrganizationSettingsChanged")
                .contains("SECRET_ALREADY_USED", "SECRET_REVOKED", "NO_OVERLAP", "NOT_PERMITTED", "INVALID");
    }

    /** One history. */
    private static final class Walk {

        private final long seed;
        private final Set<String> outcomes;
        private final Random random;
        private final List<Tenant> tenants = List.of(new Tenant("a"), new Tenant("b"));
        private final List<Command> history = new ArrayList<>();
        private final Map<SecretHash, KeyId> keys = new HashMap<>();
        private final Map<KeyId, SealedSecretRow> sealed = new HashMap<>();
        private final Scenario scenario = Scenario.given();

        Walk(long seed, Set<String> outcomes) {
            this.seed = seed;
            this.outcomes = outcomes;
            this.random = new Random(seed);
        }

        void go() {
            try {
                for (var step = 0; step < STEPS; step++) {
                    step(tenants.get(random.nextInt(tenants.size())), step);
                }
                replaysTheSame();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ", after " + history, e);
            }
        }

        private void step(Tenant tenant, int step) {
            var before = Map.copyOf(scenario.rows());
            var command = tenant.next(random, step);
            history.add(command);
            scenario.in(tenant.id)
                    .by(actor(tenant, command))
                    .after(Duration.ofMillis(random.nextInt(-1_000, 10_000)))
                    .when(command);
            scenario.refusal().ifPresent(why -> outcomes.add(why.fact().name()));
            for (var change : scenario.changes()) {
                if (change.key() instanceof RowKey.OfKey hash) {
                    // A tombstone would be forgotten, and with it the revocation.
                    var row = (KeyRow) ((RowChange.Put) change).row();
                    assertThat(keys.merge(hash.hash(), row.keyId(), (first, _) -> first))
                            .isEqualTo(row.keyId());
                    if (before.get(hash) instanceof KeyRow was && was.status() == KeyStatus.REVOKED) {
                        assertThat(row.status()).isEqualTo(KeyStatus.REVOKED);
                    }
                }
            }
            for (var change : scenario.sources()) {
                switch (change) {
                    case SourceChange.Put(SealedSecretRow row) -> sealed.put(row.keyId(), row);
                    case SourceChange.RemoveSealedSecret(var _, var key, var _) -> sealed.remove(key);
                    default -> {}
                }
            }
            tenants.forEach(this::everyKeyIsWhole);
        }

        /** At most one current secret in each place and one more in an overlap; exactly what can be revealed is kept. */
        private void everyKeyIsWhole(Tenant tenant) {
            var places = new HashMap<String, KeyId>();
            var current = new HashSet<KeyId>();
            var older = new HashSet<KeyId>();
            for (var row : scenario.rows().values()) {
                if (row instanceof KeyRow key
                        && key.organizationId().equals(tenant.id)
                        && key.status() == KeyStatus.ACTIVE) {
                    assertThat((key.supersededAt() == null ? current : older).add(key.keyId()))
                            .isTrue();
                    var place = key.kind() + "/" + key.systemId();
                    assertThat(places.merge(place, key.keyId(), (first, _) -> first))
                            .isEqualTo(key.keyId());
                    var recoverable = key.ownerId() == null;
                    assertThat(sealed.containsKey(key.keyId())).isEqualTo(recoverable);
                }
            }
            assertThat(current).containsAll(older);
        }

        private Actor actor(Tenant tenant, Command command) {
            var everyone = List.of(Actor.LEDGER, Fixtures.OPERATOR, tenant.owner(scenario));
            if (random.nextInt(10) == 0) {
                return everyone.get(random.nextInt(everyone.size()));
            }
            return switch (command) {
                case Command.CreateOrganization _, Command.WithdrawOwnerToken _ -> Fixtures.OPERATOR;
                case Command.ProvisionOwnerToken _ -> Actor.LEDGER;
                default -> tenant.owner(scenario);
            };
        }

        private void replaysTheSame() {
            var state = new InMemoryLedgerState();
            var rows = new HashMap<RowKey, Row>();
            var sequence = LedgerSequence.START;
            for (var event : scenario.log()) {
                assertThat(event.revision()).isEqualTo(sequence.revision() + 1);
                assertThat(event.occurredAt()).isAfterOrEqualTo(sequence.lastEventAt());
                sequence = sequence.after(event);
                Scenario.apply(Ledger.apply(state, event), rows);
                assertThat(Ledger.evolve(state, event)).isFalse();
                outcomes.add(event.event().type());
            }
            assertThat(state.snapshots()).isEqualTo(scenario.state().snapshots());
            assertThat(rows).isEqualTo(scenario.rows());
        }
    }

    /** An organization with ids of its own. */
    private static final class Tenant {

        private final String name;
        private final OrganizationId id;
        private final UserId ownerId;
        private final List<SystemId> systems;

        Tenant(String name) {
            this.name = name;
            this.id = new OrganizationId(uuid("organization " + name));
            this.ownerId = new UserId(uuid("owner " + name));
            this.systems =
                    List.of(new SystemId(uuid("first system " + name)), new SystemId(uuid("second system " + name)));
        }

        Command next(Random random, int step) {
            return switch (step < 4 ? 0 : random.nextInt(20)) {
                case 0 ->
                    new Command.CreateOrganization(
                            name,
                            ownerId,
                            Fixtures.sealedName(ownerId),
                            random.nextInt(4) == 0 ? null : token(random),
                            own(Fixtures.secret("shared " + random.nextInt(12)), "global"),
                            List.of(dataKey(id.value()), dataKey(ownerId.value())));
                case 1 -> new Command.WithdrawOwnerToken();
                case 2, 3 -> new Command.ProvisionOwnerToken(token(random));
                default -> ofTheOrganization(random, step);
            };
        }

        private Command ofTheOrganization(Random random, int step) {
            var next = new RandomCommands(random, systems).next(step);
            return switch (next) {
                case Command.CreateOverride(var system, var secret, var grace) ->
                    new Command.CreateOverride(system, own(secret, "override"), grace);
                case Command.RegenerateCollectorKey(var system, var secret, var overlap) ->
                    new Command.RegenerateCollectorKey(system, own(secret, "regenerated"), overlap);
                case Command.ProvisionOwnerToken _ -> new Command.ProvisionOwnerToken(token(random));
                default -> next;
            };
        }

        /** Some of the values are those of Collector keys, too. */
        private NewSecret token(Random random) {
            var value = Fixtures.token("shared " + random.nextInt(12));
            return random.nextInt(5) == 0 ? own(Fixtures.token("owner token"), "token") : own(value, "token");
        }

        /** The same secret under an id of this organization: only by accident do two bring one. */
        private NewSecret own(NewSecret secret, String of) {
            return new NewSecret(
                    new KeyId(uuid(name + of + secret.keyId())), secret.hash(), secret.hint(), secret.sealed());
        }

        private static WrappedDataKey dataKey(UUID subject) {
            return new WrappedDataKey(subject, Fixtures.dataKey("any").wrapped());
        }

        Actor owner(Scenario scenario) {
            var token = scenario.state()
                    .findOrganization(id)
                    .map(LedgerState.OrganizationState::ownerTokenId)
                    .orElse(null);
            return new Actor(Actor.Kind.USER, ownerId, token, null);
        }
    }
}
