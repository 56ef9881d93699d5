package io.keyledger.key.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.table.Freshness;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BrokerTimeTest {

    private static final Instant BROKER = Instant.parse("2026-11-21T10:00:00Z");

    private long nanos = 1_000_000_000;
    private Instant wall = BROKER;
    private Duration age = Duration.ZERO;
    private final BrokerTime time = new BrokerTime(() -> nanos, () -> wall, () -> age);

    private void pass(Duration duration) {
        nanos += duration.toNanos();
        wall = wall.plus(duration);
    }

    @Test
    void itRunsOnFromTheNewestRecord() {
        wall = BROKER.minusSeconds(3600);
        time.onAppended(BROKER);
        pass(Duration.ofSeconds(3));

        assertThat(time.now()).isEqualTo(BROKER.plusSeconds(3));
    }

    @Test
    void itStandsStillWhileNothingCanBeRead() {
        time.onAppended(BROKER);
        pass(Duration.ofMinutes(10));
        age = Duration.ofMinutes(10);

        assertThat(time.now()).isEqualTo(BROKER);
        age = Freshness.NEVER;
        assertThat(time.now()).isEqualTo(BROKER);
    }

    @Test
    void aClockThatIsAheadForgetsNobodyWhoSpeaks() {
        wall = BROKER.plus(Duration.ofHours(1));
        time.onAppended(BROKER);
        pass(Duration.ofSeconds(3));

        assertThat(time.now()).isEqualTo(BROKER.plusSeconds(3));
    }

    @Test
    void oldRecordsAreKnownToBeOldByTheWallClockWithALargeTolerance() {
        age = Freshness.NEVER;
        time.onAppended(BROKER.minus(Duration.ofDays(1)));

        age = Duration.ZERO;

        assertThat(time.now()).isEqualTo(BROKER.minusSeconds(30));
    }
}
