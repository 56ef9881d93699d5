package io.keyledger.ingest.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.ingest.usage.ReporterRig;
import io.keyledger.table.FakeFreshness;
import io.keyledger.table.Freshness;
import io.keyledger.table.StalenessRule;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a Collector begins to serve. */
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
            while (!rig.reporter.isAnnounced()) {
                Thread.sleep(1);
            }
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
}
