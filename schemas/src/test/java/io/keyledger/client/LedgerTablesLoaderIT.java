package io.keyledger.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.event.HostName;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SystemId;
import io.keyledger.event.Topics;
import io.keyledger.table.Found;
import io.keyledger.table.Row.HostRow;
import io.keyledger.table.RowKey;
import io.keyledger.table.Rows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a loader loads, and how it follows. */
@Timeout(60)
class LedgerTablesLoaderIT extends LoaderHarness {

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
            // The markers of one transaction reach the partitions one by one: this row may come a moment after that
            // one.
            Eventually.await(
                    "the host's row",
                    () -> loader.tables()
                            .host(Rows.ORGANIZATION, new HostName("WEB-1"))
                            .equals(new Found.Present<>(Rows.host("web-1"))));

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
}
