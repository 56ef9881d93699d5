package io.keyledger.key.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proof that confirms a change in place of its revision: it has to be younger than the change, whenever it comes. */
class FleetProofTest extends FleetHarness {

    private static final Statuses BEFORE = Statuses.of("a", 6);

    private void hear(Statuses status, Duration late) {
        now = now.plusSeconds(5);
        fleet.onStatus(status.status(now.minus(late)), now, now);
    }

    private boolean isEnforced(Tracked change) {
        return receipt(change).enforcedOn() == 1;
    }

    @BeforeEach
    void hearEnoughToKnowItsClock() {
        for (int status = 0; status < ClockSkew.SAMPLES; status++) {
            hear(BEFORE, Duration.ZERO);
        }
    }

    @Test
    void statusesThatWereWrittenBeforeTheChangeConfirmNothingHoweverLateTheyCome() {
        var change = change(7);
        var waited = Duration.ofMinutes(2);
        now = now.plus(waited);
        for (int status = 0; status < 2 * ClockSkew.SAMPLES; status++) {
            hear(BEFORE, waited);
            assertThat(isEnforced(change)).isFalse();
        }
        hear(BEFORE, Duration.ZERO);
        assertThat(isEnforced(change)).isTrue();
    }

    @Test
    void aClockThatIsAheadMakesNoProofYounger() {
        var ahead = BEFORE.startedLater(Duration.ofMinutes(1));
        for (int status = 0; status < ClockSkew.SAMPLES; status++) {
            hear(ahead, Duration.ofHours(-1));
        }
        var change = change(7);
        hear(ahead, Duration.ofHours(-1));
        assertThat(isEnforced(change)).isFalse();
        now = now.plusSeconds(60);
        hear(ahead, Duration.ofHours(-1));
        assertThat(isEnforced(change)).isTrue();
    }

    @Test
    void oneThatWasHeardTooLittleProvesNothing() {
        var change = change(7);
        now = now.plusSeconds(60);
        var later = BEFORE.startedLater(Duration.ofMinutes(1));
        for (int status = 1; status < ClockSkew.SAMPLES; status++) {
            hear(later, Duration.ZERO);
            assertThat(isEnforced(change)).isFalse();
        }
        hear(later, Duration.ZERO);
        assertThat(isEnforced(change)).isTrue();
    }
}
