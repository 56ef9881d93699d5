package io.keyledger.ingest.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a Collector tells its status. */
@Timeout(20)
class CollectorReporterTest {

    private static final Duration SELDOM = Duration.ofSeconds(10);

    private static void awaitStatuses(ReporterRig rig, int count, Runnable meanwhile) throws InterruptedException {
        while (rig.statuses().size() < count) {
            meanwhile.run();
            Thread.sleep(1);
        }
    }

    @Test
    void changesAreToldTogetherAsSoonAsTheLastStatusIsOldEnough() throws Exception {
        var debounce = Duration.ofMillis(100);
        try (var rig = new ReporterRig(ReporterRig.producer(true), SELDOM, debounce)) {
            long begun = System.nanoTime();
            rig.reporter.start();
            awaitStatuses(rig, 5, rig.reporter::onChange);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(debounce.multipliedBy(4));
        }
    }

    @Test
    void aStatusIsToldNowAndThenAlthoughNothingChanges() throws Exception {
        var every = Duration.ofMillis(50);
        try (var rig = new ReporterRig(ReporterRig.producer(true), every, Duration.ofMillis(20))) {
            long begun = System.nanoTime();
            rig.reporter.start();
            // The first two are the announcement and what follows from it.
            awaitStatuses(rig, 5, () -> {});

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(every.multipliedBy(3));
        }
    }
}
