package io.keyledger.key.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockSkewTest {

    private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

    private final ClockSkew skew = new ClockSkew();
    private Instant broker = T0;

    @ParameterizedTest
    @ValueSource(longs = {0, 40, -40, 90_000, -90_000})
    void theFastestStatusTellsMost(long millis) {
        for (long latency : new long[] {800, 300, 3, 700}) {
            status(millis, latency);
        }
        assertThat(skew.skew()).contains(Duration.ofMillis(millis - 3));
    }

    @Test
    void twoStatusesAreTooFewToJudge() {
        assertThat(status(-5_000, 0)).isFalse();
        assertThat(status(-5_000, 0)).isFalse();
        assertThat(skew.skew()).isEmpty();
        assertThat(status(-5_000, 0)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1_001, -1_001})
    void theAlarmIsRaisedOnce(long millis) {
        var raised = 0;
        for (var i = 0; i < 100; i++) {
            raised += status(millis, 0) ? 1 : 0;
        }
        assertThat(raised).isEqualTo(1);
    }

    @Test
    void aSecondIsNotPastASecond() {
        for (var i = 0; i < 100; i++) {
            assertThat(status(1_000, 0)).isFalse();
        }
    }

    @Test
    void aClockThatWasSetIsSeenAndMayRaiseTheAlarmAgain() {
        for (var i = 0; i < 10; i++) {
            status(5_000, 0);
        }
        for (var i = 0; i < 30; i++) {
            status(0, 0);
        }
        assertThat(skew.skew()).contains(Duration.ZERO);
        assertThat(status(5_000, 0)).isTrue();
    }

    @Test
    void aStatusThatWaitedInAPausedCollectorIsNoAlarm() {
        for (var i = 0; i < 10; i++) {
            status(0, 2);
        }
        broker = broker.plusSeconds(600);
        assertThat(status(0, 600_000)).isFalse();
        assertThat(status(0, 2)).isFalse();
        assertThat(status(0, 2)).isFalse();
        assertThat(skew.skew()).contains(Duration.ofMillis(-2));
    }

    /** Five seconds later: a status of a clock that is so far ahead, appended so much later. */
    private boolean status(long aheadMillis, long latencyMillis) {
        broker = broker.plusSeconds(5);
        return skew.onStatus(broker.plusMillis(aheadMillis - latencyMillis), broker);
    }
}
