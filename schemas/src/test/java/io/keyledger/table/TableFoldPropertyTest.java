package io.keyledger.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.Permission;
import io.keyledger.event.Role;
import io.keyledger.event.SecretHash;
import io.keyledger.event.UserId;
import io.keyledger.event.UserStatus;
import io.keyledger.table.KeyCheck.Valid;
import io.keyledger.table.Row.KeyRow;
import io.keyledger.table.Row.OrganizationRow;
import io.keyledger.table.Row.UserRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of the fold of records into tables; the seed is in the name of each run. */
class TableFoldPropertyTest {

    private static final int PARTITIONS = 3;
    private static final int SECRETS = 6;
    private static final Instant NOW = Rows.MADE.plusSeconds(10);

    /** A record: a row, a tombstone (no row), or one that cannot be read. */
    private record Change(
            int partition, RowKey key, @Nullable Row row, boolean unreadable) {

        void applyTo(WritableLedgerTables tables) {
            if (unreadable) {
                tables.markUnreadable(partition, key);
            } else if (row == null) {
                tables.remove(partition, key);
            } else {
                tables.put(partition, row);
            }
        }
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyInterleavingAndEveryDuplicateDeliveryFoldsToTheSameState(long seed) {
        var random = new Random(seed);
        var logs = logs(random);
        var once = new InMemoryLedgerTables();
        for (var log : logs) {
            log.forEach(change -> change.applyTo(once));
        }
        var other = new InMemoryLedgerTables();
        deliver(logs, other, random);
        assertThat(state(other)).isEqualTo(state(once));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aCompactedLogFoldsToTheSameState(long seed) {
        var random = new Random(seed);
        var logs = logs(random);
        var whole = new InMemoryLedgerTables();
        var compacted = new InMemoryLedgerTables();
        for (var log : logs) {
            log.forEach(change -> change.applyTo(whole));
            var seen = new HashSet<RowKey>();
            var kept = new ArrayList<Change>();
            for (var change : log.reversed()) {
                // The cleaner keeps the last record of a key, and may have dropped a tombstone by now.
                boolean isTombstone = change.row == null && !change.unreadable;
                if (seen.add(change.key) && !(isTombstone && random.nextBoolean())) {
                    kept.addFirst(change);
                }
            }
            kept.forEach(change -> change.applyTo(compacted));
        }
        assertThat(state(compacted)).isEqualTo(state(whole));
    }

    /**
     * What is true: a hash whose row is REVOKED is not valid under any later records but a later row of that very hash
     * from the same partition, which the ledger never writes, or when the partition of the earlier of two rows gives
     * its own up.
     */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aRevokedHashIsNeverValidUnderAnyLaterRowsOfOthers(long seed) {
        var random = new Random(seed);
        var tables = new InMemoryLedgerTables();
        var check = new KeyCheck(tables);
        var logs = logs(random);
        deliver(logs, tables, random);
        var victim = secret(random.nextInt(SECRETS));
        int home = 0;
        var revoked = Rows.revoked(key(victim, organization(home), Rows.MADE.minusSeconds(99), random));
        tables.put(home, revoked);
        for (var log : logs(random)) {
            for (var change : log) {
                boolean isOwn = change.partition == home && change.key.equals(RowKey.of(revoked));
                if (!isOwn || change.row == null) {
                    change.applyTo(tables);
                }
                if (isOwn && change.row == null && !change.unreadable) {
                    // Whoever has the hash too comes into force: with the ledger's own rows there is no tombstone.
                    tables.put(home, revoked);
                }
                assertThat(check.check(victim, NOW)).isNotInstanceOf(Valid.class);
            }
        }
    }

    /** Delivers each partition in order, the partitions mixed, going back now and then as after a lost position. */
    private static void deliver(List<List<Change>> logs, WritableLedgerTables tables, Random random) {
        var positions = new int[logs.size()];
        int rewinds = 5;
        while (true) {
            var open = new ArrayList<Integer>();
            for (int i = 0; i < positions.length; i++) {
                if (positions[i] < logs.get(i).size()) {
                    open.add(i);
                }
            }
            if (open.isEmpty()) {
                return;
            }
            int partition = open.get(random.nextInt(open.size()));
            int batch = 1 + random.nextInt(4);
            for (int i = 0;
                    i < batch && positions[partition] < logs.get(partition).size();
                    i++) {
                logs.get(partition).get(positions[partition]++).applyTo(tables);
            }
            if (rewinds > 0 && random.nextInt(10) == 0) {
                rewinds--;
                positions[partition] = random.nextInt(positions[partition] + 1);
            }
        }
    }

    private static List<List<Change>> logs(Random random) {
        var logs = new ArrayList<List<Change>>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            var log = new ArrayList<Change>();
            for (int i = 0; i < 30; i++) {
                var row = row(partition, random);
                int kind = random.nextInt(8);
                log.add(new Change(partition, RowKey.of(row), kind < 2 ? null : row, kind == 0));
            }
            logs.add(log);
        }
        return logs;
    }

    private static Row row(int partition, Random random) {
        return switch (random.nextInt(4)) {
            case 0 ->
                new OrganizationRow(organization(partition), OrganizationSettings.DEFAULT, null, random.nextInt());
            case 1 ->
                new UserRow(
                        user(partition),
                        organization(partition),
                        pick(random, Role.values()),
                        pick(random, UserStatus.values()),
                        null,
                        random.nextInt());
            default -> {
                var key = key(
                        secret(random.nextInt(SECRETS)),
                        organization(partition),
                        Rows.MADE.plusSeconds(random.nextInt(3)),
                        random);
                yield random.nextInt(3) == 0 ? Rows.revoked(key) : key;
            }
        };
    }

    private static KeyRow key(String secret, OrganizationId organization, Instant createdAt, Random random) {
        var isToken = random.nextBoolean();
        return Rows.key(
                secret,
                isToken ? KeyKind.USER : KeyKind.ORGANIZATION,
                organization,
                null,
                isToken ? new UserId(organization.value()) : null,
                Set.of(Permission.METRICS_WRITE),
                KeyStatus.ACTIVE,
                createdAt,
                random.nextBoolean() ? null : NOW.plusSeconds(random.nextInt(5)),
                null);
    }

    private static List<Found<? extends Row>> state(LedgerTables tables) {
        var state = new ArrayList<Found<? extends Row>>();
        for (int i = 0; i < SECRETS; i++) {
            state.add(tables.key(SecretHash.ofSecret(secret(i))));
        }
        for (int partition = 0; partition < PARTITIONS; partition++) {
            state.add(tables.organization(organization(partition)));
            state.add(tables.user(user(partition)));
        }
        return state;
    }

    private static <T> T pick(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static String secret(int number) {
        return "secret-" + number;
    }

    private static OrganizationId organization(int partition) {
        return new OrganizationId(new UUID(9, partition));
    }

    private static UserId user(int partition) {
        return new UserId(organization(partition).value());
    }
}
