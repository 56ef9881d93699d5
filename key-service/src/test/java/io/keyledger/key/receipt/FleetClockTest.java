package io.keyledger.key.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the fleet tells of its Collectors' clocks. */
class FleetClockTest {

    private final Fleet fleet = new Fleet();
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void aClockThatIsOffIsToldOnceAndShownAsLongAsItIs() {
        var told = new ArrayList<Duration>();
        for (int i = 0; i < 20; i++) {
            now = now.plusSeconds(5);
            hear("right", Duration.ofMillis(-2), told);
            hear("ahead", Duration.ofMillis(1_500), told);
            hear("behind", Duration.ofSeconds(-70), told);
        }
        assertThat(told).containsExactlyInAnyOrder(Duration.ofMillis(1_500), Duration.ofSeconds(-70));
        assertThat(fleet.clockSkew(true)).isEqualTo(Duration.ofMillis(1_500));
        assertThat(fleet.clockSkew(false)).isEqualTo(Duration.ofSeconds(70));
        assertThat(fleet.collectors(now))
                .extracting(collector -> collector.heard().isClockOff())
                .containsExactly(true, true, false);
    }

    @Test
    void littleIsHeardOfAtFirst() {
        hear("new", Duration.ofSeconds(10), new ArrayList<>());
        assertThat(fleet.collectors(now).getFirst().heard().clockSkew()).isNull();
        assertThat(fleet.collectors(now).getFirst().heard().isClockOff()).isFalse();
        assertThat(fleet.clockSkew(true)).isZero();
    }

    @Test
    void anotherStartIsAnotherClock() {
        for (int i = 0; i < 10; i++) {
            now = now.plusSeconds(5);
            hear("one", Duration.ofSeconds(5), new ArrayList<>());
        }
        hear(Statuses.of("one", 1).startedLater(Duration.ofSeconds(60)), Duration.ZERO, new ArrayList<>());
        assertThat(fleet.collectors(now))
                .extracting(collector -> collector.heard().clockSkew())
                .containsExactly(Duration.ofSeconds(5), null);
    }

    private void hear(String collector, Duration ahead, List<Duration> told) {
        hear(Statuses.of(collector, 1), ahead, told);
    }

    private void hear(Statuses collector, Duration ahead, List<Duration> told) {
        var off = fleet.onStatus(collector.status(now.plus(ahead)), now, now).clockOff();
        if (off != null) {
            told.add(off);
        }
    }
}
