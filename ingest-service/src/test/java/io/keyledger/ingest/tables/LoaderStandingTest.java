package io.keyledger.ingest.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.ingest.usage.ReporterRig;
import io.keyledger.table.FakeFreshness;
import io.keyledger.table.Freshness;
import io.keyledger.table.StalenessRule;
import io.keyledger.table.StalenessRule.Standing;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a Collector begins to serve, and when it goes on. */
@Timeout(20)
class LoaderStandingTest {

    private static final Duration LONG_AGO = Duration.ofHours(1);

    private final FakeFreshness freshness = new FakeFreshness();

    @Test
    void aProofFromBeforeTheAnnouncementIsNotEnough() throws Exception {
        try (var rig = ReporterRig.of(true)) {
            var standing = new LoaderStanding(() -> true, freshness, rig.reporter, StalenessRule.DEFAULT);
            freshness.staleness = Duration.ZERO;
            assertThat(standing.loaded()).isFalse();

            rig.reporter.start();
            awaitAcknowledged(rig, rig.reporter::isAnnounced);
            freshness.staleness = LONG_AGO;
            assertThat(standing.loaded()).isFalse();
            freshness.staleness = Duration.ZERO;
            assertThat(standing.loaded()).isTrue();

            freshness.staleness = LONG_AGO;
            assertThat(standing.loaded()).as("Kafka fell").isTrue();
            freshness.staleness = Freshness.NEVER;
            assertThat(standing.loaded()).as("a table is loaded anew").isFalse();
        }
    }

    @Test
    void aProofFromBeforeItIsHeardAgainIsNotEnough() throws Exception {
        var rule = new StalenessRule(Duration.ofMillis(200), false);
        var failOpen = new StalenessRule(rule.maxStaleness(), true);
        try (var rig = ReporterRig.of(false, rule)) {
            var standing = new LoaderStanding(() -> true, freshness, rig.reporter, rule);
            var unprovable = new LoaderStanding(() -> true, freshness, rig.reporter, failOpen);
            rig.reporter.start();
            awaitAcknowledged(rig, rig.reporter::isAnnounced);
            awaitAcknowledged(rig, () -> standing.loaded() && unprovable.loaded());

            // Nobody asks how it stands while it is silent, and its tables are proved all the time.
            Thread.sleep(rule.maxStaleness().plusMillis(20));
            long proof = System.nanoTime();
            awaitAcknowledged(rig, () -> isHeard(rig, rule));
            freshness.staleness = Duration.ofNanos(System.nanoTime() - proof);
            assertThat(standing.age()).isEqualTo(Standing.STALE);
            assertThat(unprovable.age()).isEqualTo(Standing.UNPROVABLE);
            assertThat(standing.loaded() && unprovable.loaded()).isTrue();

            freshness.staleness = Duration.ZERO;
            awaitAcknowledged(rig, () -> standing.age() == Standing.FRESH);
        }
    }

    @Test
    void aProofStaysEnoughWhileStatusesAreHeard() throws Exception {
        try (var rig = ReporterRig.of(true)) {
            var standing = new LoaderStanding(() -> true, freshness, rig.reporter, StalenessRule.DEFAULT);
            rig.reporter.start();
            awaitAcknowledged(rig, standing::loaded);
            long proof = System.nanoTime();
            int told = rig.producer.history().size();
            awaitAcknowledged(rig, () -> rig.producer.history().size() > told + 2);

            freshness.staleness = Duration.ofNanos(System.nanoTime() - proof);
            assertThat(standing.age()).isEqualTo(Standing.FRESH);
        }
    }

    private static boolean isHeard(ReporterRig rig, StalenessRule rule) {
        return rig.reporter.silence().compareTo(rule.maxStaleness()) <= 0;
    }

    /** Acknowledges statuses until it is so. */
    private static void awaitAcknowledged(ReporterRig rig, BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            if (!rig.producer.completeNext()) {
                Thread.sleep(1);
            }
        }
    }
}
