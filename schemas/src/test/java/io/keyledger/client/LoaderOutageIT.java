package io.keyledger.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.Topics;
import io.keyledger.table.Found;
import io.keyledger.table.Rows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a loader makes of a broker that falls, and of a log that is no longer the same. */
@Timeout(60)
class LoaderOutageIT extends LoaderHarness {

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
    void aLoaderThatEndsForGoodSaysSo() throws Exception {
        ledger.createTopics(Map.of());
        try (var loader = loader().onRow(_ -> {
                    throw new StackOverflowError("a deep one");
                })
                .start()) {
            loaded(loader);
            assertThat(loader.whenFailed().toCompletableFuture()).isNotDone();
            ledger.send(KEY).get();
            assertThat(loader.whenFailed().toCompletableFuture().get(20, TimeUnit.SECONDS))
                    .isInstanceOf(StackOverflowError.class);
            assertThat(loader.isReady()).isFalse();
            assertThat(loader.problem()).contains("a deep one");
        }
    }
}
