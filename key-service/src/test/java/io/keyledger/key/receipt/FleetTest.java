package io.keyledger.key.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.CollectorReport.Health;
import io.keyledger.event.CollectorReport.State;
import io.keyledger.event.Topics;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The join of statuses with the changes that they confirm. */
class FleetTest extends FleetHarness {

    @Test
    void aChangeIsEnforcedOnThoseThatHaveAppliedIt() {
        hear(Statuses.of("a", 6));
        hear(Statuses.of("b", 6));
        var change = change(7);
        assertThat(receipt(change).enforcedOn()).isZero();
        assertThat(receipt(change).lastAfterMillis()).isNull();

        pass(Duration.ofMillis(4));
        hear(Statuses.of("b", 7));
        assertThat(receipt(change).enforcedOn()).isOne();
        assertThat(laggards(receipt(change))).containsExactly("a");
        assertThat(isConfirmed(change)).isFalse();

        pass(Duration.ofMillis(5));
        hear(Statuses.of("a", 9));
        assertThat(receipt(change).isComplete()).isTrue();
        assertThat(receipt(change).of()).isEqualTo(2);
        assertThat(receipt(change).lastAfterMillis()).isEqualTo(9);
        assertThat(isConfirmed(change)).isTrue();

        pass(Duration.ofSeconds(5));
        hear(Statuses.of("a", 9));
        assertThat(receipt(change).lastAfterMillis()).isEqualTo(9);
    }

    @Test
    void aStatusThatCameBeforeTheChangeWasHeardOfConfirmsIt() {
        hear(Statuses.of("a", 7));

        assertThat(isConfirmed(change(7))).isTrue();
    }

    @Test
    void theTablesThatTheChangeTouchedCountAlone() {
        hear(Statuses.of("a", 7).table(Topics.USER_STATE, 1, 2));
        hear(Statuses.of("b", 7).table(Topics.KEY_STATE, 0, 6));

        assertThat(laggards(receipt(change(7)))).containsExactly("b");
        assertThat(laggards(receipt(fleet.track(target(7, Topics.SYSTEM_STATE), true))))
                .isEmpty();
        assertThat(laggards(receipt(fleet.track(target(7, Topics.KEY_STATE, Topics.SYSTEM_STATE), true))))
                .containsExactly("b");
        assertThat(receipt(fleet.track(target(7), true)).enforcedOn()).isEqualTo(2);
    }

    @Test
    void rowsThatCannotBeReadMakeALaggardOfTheirTable() {
        hear(Statuses.of("a", 7).health(Health.LAGGARD).table(Topics.KEY_STATE, 1, 7));

        assertThat(laggards(receipt(change(7)))).containsExactly("a");
        assertThat(receipt(change(7)).laggards().getFirst().standing()).isEqualTo(Standing.LAGGING);
        assertThat(receipt(fleet.track(target(7, Topics.SYSTEM_STATE), true)).isComplete())
                .isTrue();

        hear(Statuses.of("a", 7));
        assertThat(receipt(change(7)).isComplete()).isTrue();
    }

    @Test
    void oneThatLoadsAnewIsALaggardAgain() {
        hear(Statuses.of("a", 7));
        var change = change(7);
        assertThat(receipt(change).isComplete()).isTrue();

        hear(Statuses.of("a", 3).state(State.STARTING));
        assertThat(laggards(receipt(change))).containsExactly("a");
    }

    @Test
    void oneThatProvedItselfLongAfterTheChangeHasItWhateverBecameOfItsRows() {
        hear(Statuses.of("a", 6));
        var change = change(7);
        pass(Duration.ofSeconds(60));
        hear(Statuses.of("a", 6));
        assertThat(laggards(receipt(change))).containsExactly("a");

        pass(Duration.ofSeconds(1));
        hear(Statuses.of("a", 6));
        assertThat(receipt(change).isComplete()).isTrue();
        hear(Statuses.of("a", 6).table(Topics.KEY_STATE, 1, 6));
        assertThat(receipt(change).isComplete()).isFalse();
        hear(Statuses.of("a", 6).staleness(Duration.ofSeconds(30)));
        assertThat(receipt(change).isComplete()).isFalse();
    }

    @Test
    void ofAChangeThatWasGivenUpNobodyKnowsWhenTheLastOneFollowed() {
        hear(Statuses.of("a", 7));
        hear(Statuses.of("b", 6));
        var change = change(7);
        for (int i = 0; i < Fleet.MAX_OPEN; i++) {
            change(8);
        }
        pass(Duration.ofMinutes(1));
        hear(Statuses.of("a", 8));
        hear(Statuses.of("b", 8));

        assertThat(receipt(change).isComplete()).isTrue();
        assertThat(receipt(change).lastAfterMillis()).isNull();
    }
}
