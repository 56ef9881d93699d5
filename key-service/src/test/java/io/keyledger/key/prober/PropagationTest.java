package io.keyledger.key.prober;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PropagationTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final Propagation propagation = new Propagation(registry, () -> now);

    @Test
    void theFiguresAreOfTheLastHour() {
        for (int i = 1; i <= 200; i++) {
            follow("a", CanaryChange.DEACTIVATED, i);
        }
        follow("b", CanaryChange.KEY_REVOKED, 1_000);
        follow("b", CanaryChange.KEY_MADE, 7);
        var refused = propagation.report().all().refused().orElseThrow();
        assertThat(refused.count()).isEqualTo(201);
        assertThat(refused.sinceCall())
                .isEqualTo(
                        new Figures.Spread(Duration.ofMillis(101), Duration.ofMillis(199), Duration.ofMillis(1_000)));
        assertThat(refused.sinceAnswer().max()).isEqualTo(Duration.ofMillis(500));
        assertThat(propagation
                        .report()
                        .all()
                        .accepted()
                        .orElseThrow()
                        .sinceCall()
                        .p50())
                .isEqualTo(Duration.ofMillis(7));

        now = now.plus(Duration.ofMinutes(59));
        follow("a", CanaryChange.DEACTIVATED, 3);
        now = now.plus(Duration.ofMinutes(2));
        var later = propagation.report();
        assertThat(later.all().refused().orElseThrow().count()).isOne();
        assertThat(later.collectors()).containsOnlyKeys("a");
    }

    @Test
    void theLastFailureIsKeptAndOthersForgottenAfterAnHour() {
        propagation.onFailure("a", CanaryChange.DEACTIVATED, Failure.Why.UNREACHABLE);
        propagation.onFailure("b", null, Failure.Why.NO_ADDRESS);
        assertThat(propagation.report().all().failures()).isEqualTo(2);
        assertThat(Objects.requireNonNull(propagation.report().collectors().get("a"))
                        .lastFailure()
                        .orElseThrow()
                        .why())
                .isEqualTo(Failure.Why.UNREACHABLE);

        now = now.plus(Propagation.KEPT).plusMillis(1);
        var later = propagation.report();
        assertThat(later.all().failures()).isZero();
        assertThat(later.collectors()).isEmpty();
        assertThat(later.all().lastFailure().orElseThrow().collector()).isEqualTo("b");
        assertThat(registry.get("keyledger.propagation.failures")
                        .tag("why", "no_address")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void eachCollectorHasASeriesUntilItIsGone() {
        follow("a", CanaryChange.DEACTIVATED, 12);
        follow("a", CanaryChange.ACTIVATED, 5);
        follow("b", CanaryChange.DEACTIVATED, 9);
        var timer = registry.get("keyledger.propagation")
                .tags("collector", "a", "answer", "refused")
                .timer();
        assertThat(timer.count()).isOne();
        assertThat(timer.takeSnapshot().histogramCounts()).hasSize(9);

        propagation.keepOnly(Set.of("b"));
        assertThat(registry.find("keyledger.propagation").meters())
                .extracting(meter -> meter.getId().getTag("collector"))
                .containsExactly("b");
        follow("a", CanaryChange.DEACTIVATED, 12);
        assertThat(registry.find("keyledger.propagation").meters()).hasSize(2);
    }

    private void follow(String collector, CanaryChange change, int millis) {
        propagation.onFollowed(collector, change, Duration.ofMillis(millis), Duration.ofMillis(millis / 2));
    }
}
