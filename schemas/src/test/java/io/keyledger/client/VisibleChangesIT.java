package io.keyledger.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.HostName;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.Topics;
import io.keyledger.table.Found;
import io.keyledger.table.Freshness;
import io.keyledger.table.Row;
import io.keyledger.table.Row.HostRow;
import io.keyledger.table.Row.OrganizationRow;
import io.keyledger.table.RowKey;
import io.keyledger.table.Rows;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a change has been read here, and when that is proved. */
@Timeout(60)
class VisibleChangesIT extends LoaderHarness {

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
    void aChangeIsAllReadWhenItsOpenTransactionHasEndedInEveryTopic() throws Exception {
        ledger.createTopics(Map.of());
        ledger.createTopics(List.of(Topics.DATA_KEYS), TestLedger.PARTITIONS, Map.of());
        var hosts = new ArrayList<RowKey>();
        try (var loader = loader().keep(List.of(Topics.KEY_STATE))
                .followFromEnd(Topics.HOST_TO_SYSTEM)
                .follow(Topics.DATA_KEYS, _ -> {})
                .onRow(row -> hosts.add(row.key()))
                .start()) {
            loaded(loader);
            var host = Rows.host("web-1");
            assertThat(allRead(loader, LONG)).isTrue();
            var commit = ledger.write(host);
            assertThat(prove(loader, LONG))
                    .as("the committed end tells nothing of it")
                    .isTrue();
            assertThat(allRead(loader, Duration.ofMillis(300))).isFalse();

            var waiting = loader.whenAllRead(Rows.ORGANIZATION, LONG).toCompletableFuture();
            commit.run();
            assertThat(waiting.get(20, TimeUnit.SECONDS)).isTrue();
            assertThat(hosts).containsExactly(RowKey.of(host));
        }
    }

    @Test
    void aRowThatClaimsARevisionOfTheFutureOpensNothing() throws Exception {
        ledger.createTopics(Map.of());
        try (var loader = loader().start()) {
            loaded(loader);
            int partition = TestLedger.partitionOf(KEY);
            ledger.commitTombstone(RowKey.of(Rows.globalKey("planted")), partition, Long.MAX_VALUE);
            Eventually.await(
                    "the planted row", () -> loader.appliedRevision(Topics.KEY_STATE, partition) == Long.MAX_VALUE);
            var applied = loader.whenApplied(Topics.KEY_STATE, partition, KEY.revision());
            assertThat(applied).isNotDone();

            ledger.commit(KEY);
            applied.get(20, TimeUnit.SECONDS);
            assertThat(find(loader)).isEqualTo(new Found.Present<>(KEY));
            assertThat(loader.appliedRevision(Topics.KEY_STATE, partition)).isEqualTo(KEY.revision());
        }
    }

    private static boolean allRead(LedgerTablesLoader loader, Duration within) {
        return loader.whenAllRead(Rows.ORGANIZATION, within)
                .toCompletableFuture()
                .join();
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
}
