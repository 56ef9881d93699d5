package io.keyledger.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.RecordType;
import io.keyledger.codec.SchemaCatalog;
import io.keyledger.codec.SchemaRecord;
import io.keyledger.event.HostName;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.SystemId;
import io.keyledger.event.Topics;
import io.keyledger.table.Found;
import io.keyledger.table.Freshness;
import io.keyledger.table.Row;
import io.keyledger.table.Row.HostRow;
import io.keyledger.table.Row.OrganizationRow;
import io.keyledger.table.RowKey;
import io.keyledger.table.Rows;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The loader against a real broker. */
@Timeout(60)
class LedgerTablesLoaderIT {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Row.KeyRow KEY = Rows.globalKey("secret");

    private TestLedger ledger;

    @BeforeEach
    void startBroker(@TempDir Path dataDir) {
        ledger = new TestLedger(dataDir);
    }

    @AfterEach
    void stopBroker() {
        ledger.close();
    }

    @Test
    void waitsForTheTopicsThenLoadsFollowsAndForgets() throws Exception {
        try (var loader = loader().expectPartitions(TestLedger.PARTITIONS).start()) {
            Eventually.await(
                    "a clear sentence",
                    () -> loader.problem().orElse("").contains("Waiting for topics that do not exist yet"));
            assertThat(loader.problem().orElseThrow()).contains(Topics.TABLES);
            assertThat(loader.isReady()).isFalse();
            assertThat(loader.tables().key(KEY.hash())).isEqualTo(new Found.Unreadable<>());
            assertThat(prove(loader, Duration.ofMillis(50))).isFalse();

            ledger.createTopics(Map.of());
            loaded(loader);
            assertThat(loader.problem()).isEmpty();
            assertThat(loader.partitions()).hasValue(TestLedger.PARTITIONS);
            assertThat(loader.tables().key(KEY.hash())).isEqualTo(new Found.Absent<>());
        }

        ledger.commit(KEY, Rows.organization(null), Rows.host("web-1"), Rows.system(null));
        try (var loader = loader().start()) {
            loaded(loader);
            Eventually.await("rows of before the start", () -> find(loader).equals(new Found.Present<>(KEY)));
            assertThat(loader.tables().host(Rows.ORGANIZATION, new HostName("WEB-1")))
                    .isEqualTo(new Found.Present<>(Rows.host("web-1")));

            var revoked = Rows.revoked(KEY);
            ledger.commit(revoked);
            applied(loader, revoked);
            assertThat(find(loader)).isEqualTo(new Found.Present<>(revoked));
            assertThat(loader.appliedRevision(Topics.KEY_STATE, TestLedger.partitionOf(KEY)))
                    .isEqualTo(revoked.revision());

            ledger.commitTombstone(RowKey.of(KEY), TestLedger.partitionOf(KEY), 99);
            loader.whenApplied(Topics.KEY_STATE, TestLedger.partitionOf(KEY), 99)
                    .get(20, TimeUnit.SECONDS);
            assertThat(find(loader)).isEqualTo(new Found.Absent<>());
            assertThat(loader.isReady()).isTrue();
        }
    }

    @Test
    void abortedTransactionsAreNeverSeen() throws Exception {
        ledger.createTopics(Map.of());
        ledger.abort(KEY);
        var seen = new ArrayList<RowKey>();
        try (var loader = loader().onRow(row -> seen.add(row.key())).start()) {
            loaded(loader);
            ledger.abort(KEY, Rows.host("web-1"));
            ledger.commit(Rows.organization(null));
            applied(loader, Rows.organization(null));
            // The ends are past the aborted records: positions must come past them too.
            Eventually.await("a proof", () -> prove(loader, LONG));
            assertThat(find(loader)).isEqualTo(new Found.Absent<>());
            assertThat(seen).containsExactly(RowKey.of(Rows.organization(null)));
        }
    }

    @Test
    void staysReadyWhenTheBrokerFallsAndGoesOnWhenItIsBack() throws Exception {
        ledger.createTopics(Map.of());
        ledger.send(KEY).get();
        try (var loader = loader().start()) {
            loaded(loader);
            Eventually.await("a proof", () -> loader.freshness().staleness().compareTo(LONG) < 0);
            ledger.stopBroker();
            assertThat(prove(loader, Duration.ofMillis(100))).isFalse();
            var before = loader.freshness().staleness();
            Thread.sleep(700);
            assertThat(loader.freshness().staleness()).isGreaterThan(before.plusMillis(600));
            assertThat(loader.isReady()).isTrue();
            assertThat(find(loader)).isEqualTo(new Found.Present<>(KEY));

            ledger.startBroker();
            ledger.send(Rows.revoked(KEY)).get();
            Eventually.await("a proof after the restart", () -> prove(loader, Duration.ofMillis(500)));
            assertThat(find(loader)).isEqualTo(new Found.Present<>(Rows.revoked(KEY)));
            assertThat(loader.counters().reloads()).isZero();
            Eventually.await("the sentence to go", () -> loader.problem().isEmpty());
        }
    }

    @Test
    void loadsAnewWhenTombstonesMayHaveBeenMissed() throws Exception {
        ledger.createTopics(Map.of("delete.retention.ms", "2000"));
        ledger.send(KEY).get();
        try (var loader = loader().start()) {
            loaded(loader);
            Eventually.await("a proof", () -> loader.freshness().staleness().compareTo(LONG) < 0);
            ledger.stopBroker();
            Thread.sleep(1_500);
            ledger.startBroker();
            Eventually.await(
                    "all tables to be loaded anew", () -> loader.counters().reloads() >= Topics.TABLES.size());
            Eventually.await("readiness", loader::isReady);
            assertThat(find(loader)).isEqualTo(new Found.Present<>(KEY));
        }
    }

    @Test
    void loadsAnewATopicThatIsAnotherByTheSameName() throws Exception {
        ledger.createTopics(Map.of());
        ledger.send(KEY).get();
        var resets = new ArrayList<String>();
        try (var loader = loader().onRow(new RowListener() {
                    @Override
                    public void onRow(AppliedRow row) {}

                    @Override
                    public void onReset(String topic) {
                        resets.add(topic);
                    }
                })
                .start()) {
            loaded(loader);
            assertThat(find(loader)).isEqualTo(new Found.Present<>(KEY));
            resets.clear();

            ledger.deleteTopic(Topics.KEY_STATE);
            ledger.createTopics(List.of(Topics.KEY_STATE), TestLedger.PARTITIONS, Map.of());
            // As many records as before and more: the old position is a valid one.
            var others = List.of(Rows.globalKey("1"), Rows.globalKey("2"), Rows.globalKey("3"));
            for (var other : others) {
                ledger.send(other).get();
            }
            Eventually.await("the row of before to be gone", () -> find(loader).equals(new Found.Absent<>()));
            for (var other : others) {
                assertThat(loader.tables().key(other.hash())).isEqualTo(new Found.Present<>(other));
            }
            assertThat(resets).contains(Topics.KEY_STATE).doesNotContain(Topics.USER_STATE);
            Eventually.await("readiness", loader::isReady);
        }
    }

    @Test
    void anUnreadableRecordMarksWhatItNamesAndNothingElse() throws Exception {
        ledger.createTopics(Map.of());
        int partition = TestLedger.partitionOf(KEY);
        var host = Rows.host("web-1");
        ledger.send(KEY).get();
        ledger.send(host).get();
        ledger.sendRaw(Topics.HOST_TO_SYSTEM, partition, RowKey.of(host).toBytes(), TestLedger.bytes("junk"));
        try (var loader = loader().start()) {
            loaded(loader);
            assertThat(find(loader)).isEqualTo(new Found.Present<>(KEY));
            assertThat(loader.tables().host(host.organizationId(), host.host())).isEqualTo(new Found.Unreadable<>());

            ledger.sendRaw(Topics.KEY_STATE, partition, TestLedger.bytes("no hash"), TestLedger.bytes("junk"));
            ledger.sendRaw(Topics.KEY_STATE, partition, RowKey.of(KEY).toBytes(), new byte[0]);
            Eventually.await("the key to be unready", () -> find(loader).equals(new Found.Unreadable<>()));
            assertThat(loader.counters().unreadableKeys()).isOne();
            assertThat(loader.counters().unreadableRecords()).isEqualTo(2);
            assertThat(loader.unreadableRows()).isEqualTo(2);

            ledger.send(KEY).get();
            ledger.sendRaw(Topics.HOST_TO_SYSTEM, partition, RowKey.of(host).toBytes(), null);
            Eventually.await("a readable row", () -> find(loader).equals(new Found.Present<>(KEY)));
            Eventually.await("the tombstone", () -> loader.unreadableRows() == 0);
            assertThat(loader.isReady()).isTrue();
        }
    }

    @Test
    void whatCouldNotBeReadIsReadWhenItsSchemaIsLearnt() throws Exception {
        ledger.createTopics(Map.of());
        ledger.createTopics(List.of(Topics.SCHEMAS), 1, Map.of());
        ledger.send(KEY).get();
        var catalog = new SchemaCatalog();
        var codec = new LedgerCodec(ledger.catalog);
        // Reads nothing before the topic has told of a schema.
        var builder = new LoaderBuilder(ledger.connection(), (topic, key, value, fingerprint) -> {
                    if (!catalog.canWrite()) {
                        throw new IllegalStateException("unknown schema");
                    }
                    return CodecReaders.rows(codec).read(topic, key, value, fingerprint);
                })
                .learnSchemas(catalog);
        try (var loader = builder.start()) {
            loaded(loader);
            assertThat(find(loader)).isEqualTo(new Found.Unreadable<>());
            int id = 1;
            for (var type : RecordType.ALL) {
                var schema = new SchemaRecord(type.fingerprint(), id++, type.subject(), type.schema());
                ledger.sendRaw(Topics.SCHEMAS, 0, schema.key(), schema.value());
            }
            Eventually.await("the row", () -> find(loader).equals(new Found.Present<>(KEY)));
            assertThat(loader.unreadableRows()).isZero();
        }
    }

    @Test
    void whatWasCommittedBeforeAProofWasAskedForIsAppliedWhenItIsThere() throws Exception {
        ledger.createTopics(Map.of());
        try (var loader = loader().start()) {
            loaded(loader);
            Eventually.await("a first proof", () -> prove(loader, LONG));
            for (int i = 0; i < 20; i++) {
                var organization = new OrganizationId(new UUID(8, i));
                var row = new OrganizationRow(organization, OrganizationSettings.DEFAULT, null, i + 1);
                ledger.send(row).get();
                boolean isProved = loader.freshness()
                        .prove(organization, LONG)
                        .toCompletableFuture()
                        .get();
                assertThat(isProved).isTrue();
                assertThat(loader.tables().organization(organization)).isEqualTo(new Found.Present<>(row));

                var key = Rows.globalKey("key-" + i);
                ledger.send(key).get();
                assertThat(loader.freshness()
                                .proveAllKeys(LONG)
                                .toCompletableFuture()
                                .get())
                        .isTrue();
                assertThat(loader.tables().key(key.hash())).isEqualTo(new Found.Present<>(key));
            }
            assertThat(loader.counters().questions()).isGreaterThanOrEqualTo(40);
        }
    }

    @Test
    void refusesTopicsWithAnotherNumberOfPartitions() throws Exception {
        ledger.createTopics(List.of(Topics.USER_STATE), 2, Map.of());
        var others = new ArrayList<>(Topics.TABLES);
        others.remove(Topics.USER_STATE);
        ledger.createTopics(others, TestLedger.PARTITIONS, Map.of());
        try (var loader = loader().expectPartitions(12).start()) {
            assertThatThrownBy(() -> loaded(loader))
                    .hasCauseInstanceOf(PartitionCountException.class)
                    .hasMessageContaining("Expected 12 partitions");
            assertThat(loader.isReady()).isFalse();
            assertThat(loader.problem().orElseThrow()).contains("Expected 12 partitions");
        }
        try (var loader = loader().start()) {
            assertThatThrownBy(() -> loaded(loader))
                    .hasCauseInstanceOf(PartitionCountException.class)
                    .hasMessageContaining(Topics.USER_STATE);
        }
    }

    @Test
    void answersAChangeOnlyWhenEveryRowOfItWasRead() throws Exception {
        ledger.createTopics(Map.of());
        ledger.createTopics(List.of(Topics.DATA_KEYS), TestLedger.PARTITIONS, Map.of());
        ledger.sendRaw(Topics.DATA_KEYS, 0, TestLedger.bytes("k"), TestLedger.bytes("v"));
        ledger.commit(Rows.host("before"));
        var dataKeys = new ArrayList<String>();
        var hosts = new ArrayList<RowKey>();
        try (var loader = loader().keep(List.of(Topics.KEY_STATE, Topics.ORGANIZATION_STATE))
                .followFromEnd(Topics.HOST_TO_SYSTEM)
                .follow(Topics.DATA_KEYS, record -> dataKeys.add(new String(record.value(), StandardCharsets.UTF_8)))
                .onRow(row -> {
                    if (row.topic().equals(Topics.HOST_TO_SYSTEM)) {
                        hosts.add(row.key());
                    }
                })
                .start()) {
            loaded(loader);
            assertThat(dataKeys).containsExactly("v");
            int partition = Topics.partition(Rows.ORGANIZATION, TestLedger.PARTITIONS);
            var latencies = new long[100];
            for (int i = 0; i < latencies.length; i++) {
                hosts.clear();
                long revision = 1_000L + i;
                var rows = new Row[i == 50 ? 500 : 5];
                for (int j = 0; j < rows.length; j++) {
                    rows[j] = new HostRow(Rows.ORGANIZATION, new HostName("host-" + j), Rows.SYSTEM, revision);
                }
                var applied = loader.whenApplied(Topics.HOST_TO_SYSTEM, partition, revision);
                ledger.commit(rows);
                long committed = System.nanoTime();
                applied.get(20, TimeUnit.SECONDS);
                latencies[i] = System.nanoTime() - committed;
                assertThat(hosts).hasSize(rows.length);
            }
            Arrays.sort(latencies);
            System.out.printf(
                    "commit answered to applied: p50 %.1f ms, p99 %.1f ms%n", latencies[50] / 1e6, latencies[98] / 1e6);
            assertThat(loader.tables().host(Rows.ORGANIZATION, new HostName("host-0")))
                    .as("followed, not kept")
                    .isEqualTo(new Found.Unreadable<>());
        }
    }

    @Test
    void loadsAHundredThousandRows() throws Exception {
        ledger.createTopics(Map.of());
        int count = 100_000;
        var system = new SystemId(new UUID(2, 2));
        for (int i = 0; i < count; i++) {
            var organization = new OrganizationId(new UUID(7, i % 10));
            var _ = ledger.send(new HostRow(organization, new HostName("host-" + i + ".example.com"), system, i));
        }
        ledger.flush();
        long start = System.nanoTime();
        try (var loader = loader().start()) {
            loaded(loader);
            System.out.printf("100,000 rows loaded in %d ms%n", (System.nanoTime() - start) / 1_000_000);
            assertThat(prove(loader, LONG)).isTrue();
            for (int i = 0; i < count; i++) {
                var organization = new OrganizationId(new UUID(7, i % 10));
                assertThat(loader.tables().host(organization, new HostName("host-" + i + ".example.com")))
                        .isInstanceOf(Found.Present.class);
            }
        }
    }

    @Test
    void nothingIsProvedAfterItWasClosed() throws Exception {
        ledger.createTopics(Map.of());
        var loader = loader().start();
        loaded(loader);
        var waiting = loader.whenApplied(Topics.KEY_STATE, 0, 5);
        loader.close();
        assertThat(waiting).isCompletedExceptionally();
        assertThat(loader.freshness().staleness()).isEqualTo(Freshness.NEVER);
        assertThat(prove(loader, Duration.ofMillis(20))).isFalse();
    }

    private LoaderBuilder loader() {
        return new LoaderBuilder(ledger.connection(), CodecReaders.rows(ledger.codec));
    }

    private static Found<Row.KeyRow> find(LedgerTablesLoader loader) {
        return loader.tables().key(KEY.hash());
    }

    private static void loaded(LedgerTablesLoader loader) throws Exception {
        loader.whenLoaded().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static void applied(LedgerTablesLoader loader, Row row) throws Exception {
        loader.whenApplied(RowKey.of(row).topic(), TestLedger.partitionOf(row), row.revision())
                .get(20, TimeUnit.SECONDS);
    }

    private static boolean prove(LedgerTablesLoader loader, Duration within) {
        return loader.freshness()
                .prove(Rows.ORGANIZATION, within)
                .toCompletableFuture()
                .join();
    }
}
