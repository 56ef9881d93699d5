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
    void aClockThatWasSetAheadIsKnownByThePaceOfOurs() {
        time.onAppended(BROKER);
        pass(Duration.ofMinutes(1));
        assertThat(time.step(BROKER.plusSeconds(65))).isEmpty();
        assertThat(time.step(BROKER.plusSeconds(3_660))).contains(Duration.ofHours(1));

        time.onAppended(BROKER.plusSeconds(3_660));
        assertThat(time.now()).isEqualTo(BROKER.plusSeconds(3_660));
        assertThat(time.step(BROKER.plusSeconds(3_661))).isEmpty();
    }

    @Test
    void whatWaitedToBeReadSetsNothingBackAndIsNoStep() {
        time.onAppended(BROKER);
        pass(Duration.ofMinutes(10));
        age = Duration.ofMinutes(10);
        for (long minute = 1; minute <= 10; minute++) {
            assertThat(time.step(BROKER.plusSeconds(60 * minute))).isEmpty();
            time.onAppended(BROKER.plusSeconds(60 * minute));
        }
        age = Duration.ZERO;
        assertThat(time.now()).isEqualTo(BROKER.plusSeconds(600));
    }

    @Test
    void aClockThatIsSlowerThanOursIsFollowed() {
        time.onAppended(BROKER);
        pass(Duration.ofSeconds(10));
        age = Duration.ofMillis(500);
        time.onAppended(BROKER.plusSeconds(9));

        assertThat(time.now()).isEqualTo(BROKER.plusSeconds(9));
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
