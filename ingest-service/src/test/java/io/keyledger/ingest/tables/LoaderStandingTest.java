package io.keyledger.ingest.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.OrganizationId;
import io.keyledger.ingest.usage.ReporterRig;
import io.keyledger.table.Freshness;
import io.keyledger.table.StalenessRule;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a Collector begins to serve. */
@Timeout(20)
class LoaderStandingTest {

    private static final Duration LONG_AGO = Duration.ofHours(1);

    private Duration staleness = Freshness.NEVER;
    private final Freshness freshness = new Freshness() {
        @Override
        public Duration staleness() {
            return staleness;
        }

        @Override
        public CompletionStage<Boolean> prove(OrganizationId organization, Duration within) {
            return CompletableFuture.completedFuture(false);
        }

        @Override
        public CompletionStage<Boolean> proveAllKeys(Duration within) {
            return CompletableFuture.completedFuture(false);
        }
    };

    @Test
    void aProofFromBeforeTheAnnouncementIsNotEnough() throws Exception {
        try (var rig = ReporterRig.of(true)) {
            var standing = new LoaderStanding(() -> true, freshness, rig.reporter, StalenessRule.DEFAULT);
            staleness = Duration.ZERO;
            assertThat(standing.loaded()).isFalse();

            rig.reporter.start();
            while (!rig.reporter.isAnnounced()) {
                Thread.sleep(1);
            }
            staleness = LONG_AGO;
            assertThat(standing.loaded()).isFalse();
            staleness = Duration.ZERO;
            assertThat(standing.loaded()).isTrue();

            staleness = LONG_AGO;
            assertThat(standing.loaded()).as("Kafka fell").isTrue();
            staleness = Freshness.NEVER;
            assertThat(standing.loaded()).as("a table is loaded anew").isFalse();
        }
    }
}
