package io.keyledger.key.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.CollectorReport.Health;
import io.keyledger.event.CollectorReport.State;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who counts: from before it serves until it has fenced itself. */
class FleetStandingTest extends FleetHarness {

    @Test
    void oneThatStartsCountsBeforeItServes() {
        hear(Statuses.of("a", 7));
        var change = change(7);
        hear(Statuses.of("b", 0).state(State.STARTING).staleness(null));

        assertThat(receipt(change).of()).isEqualTo(2);
        assertThat(laggards(receipt(change))).containsExactly("b");
        assertThat(receipt(change).laggards().getFirst().standing()).isEqualTo(Standing.LAGGING);
    }

    @Test
    void oneThatStartsWhileAChangeIsAwaitedIsAwaitedToo() {
        hear(Statuses.of("a", 6));
        var change = change(7);
        hear(Statuses.of("b", 5).state(State.STARTING));
        hear(Statuses.of("a", 7));
        assertThat(isConfirmed(change)).isFalse();

        hear(Statuses.of("b", 7));
        assertThat(isConfirmed(change)).isTrue();
    }

    @Test
    void aSilentOneIsNamedUntilItHasFencedItself() {
        hear(Statuses.of("a", 6));
        hear(Statuses.of("b", 6));
        var heard = now;
        var change = change(7);
        hear(Statuses.of("a", 7));

        pass(Duration.ofSeconds(13));
        var silent = receipt(change).laggards().getFirst();
        assertThat(silent.id()).isEqualTo("b");
        assertThat(silent.standing()).isEqualTo(Standing.SILENT);
        assertThat(silent.heard().fencesItselfAt()).isEqualTo(heard.plus(Duration.ofMinutes(5)));

        now = heard.plus(Duration.ofMinutes(5)).plusSeconds(10);
        hear(Statuses.of("a", 7));
        fleet.onTime(now);
        assertThat(laggards(receipt(change))).containsExactly("b");
        assertThat(isConfirmed(change)).isFalse();

        pass(Duration.ofMillis(1));
        assertThat(receipt(change)).extracting(Receipt::enforcedOn, Receipt::of).containsExactly(1, 1);
        assertThat(isConfirmed(change)).isTrue();
        assertThat(fleet.count(now)).isEqualTo(Map.of(Standing.LIVE, 1L, Standing.GONE, 1L));
    }

    @Test
    void oneThatComesBackCountsAgain() {
        hear(Statuses.of("a", 6));
        pass(Duration.ofMinutes(6));
        var change = change(7);
        assertThat(receipt(change).of()).isZero();

        hear(Statuses.of("a", 6).staleness(Duration.ofMinutes(6)).health(Health.STALE));
        assertThat(receipt(change).of()).isOne();
        assertThat(laggards(receipt(change))).containsExactly("a");
        hear(Statuses.of("a", 7));
        assertThat(receipt(change).isComplete()).isTrue();
    }

    @Test
    void oneThatSaidGoodbyeCountsNoMoreAtOnce() {
        hear(Statuses.of("a", 6));
        var change = change(7);
        hear(Statuses.of("a", 6).state(State.GOODBYE));

        assertThat(receipt(change).of()).isZero();
        assertThat(isConfirmed(change)).isTrue();
        assertThat(fleet.collectors(now).getFirst().standing()).isEqualTo(Standing.GONE);

        hear(Statuses.of("a", 6));
        assertThat(receipt(change).of()).as("a status that was on its way").isZero();
        hear(Statuses.of("a", 0).state(State.STARTING).startedLater(Duration.ofMinutes(1)));
        assertThat(receipt(change).of()).isOne();
    }

    @Test
    void oneThatFailsOpenStaysUnprovable() {
        hear(Statuses.of("a", 6).failingOpen());
        var change = change(7);
        pass(Duration.ofMinutes(6));

        assertThat(receipt(change).of()).isZero();
        assertThat(receipt(change).unprovable()).extracting(Receipt.Named::id).containsExactly("a");
        assertThat(receipt(change).unprovable().getFirst().heard().fencesItselfAt())
                .isNull();
    }

    @Test
    void aCutOffOneLagsAlthoughItIsHeard() {
        hear(Statuses.of("a", 6).staleness(Duration.ofSeconds(6)));

        assertThat(fleet.collectors(now).getFirst().standing()).isEqualTo(Standing.LAGGING);
    }

    @Test
    void whatIsLongPastIsGoneFromTheStartAndForgottenAfterADay() {
        var yesterday = now.minus(Duration.ofHours(23));
        fleet.onStatus(Statuses.of("old", 6).status(yesterday), yesterday, now);
        assertThat(receipt(change(7)).of()).isZero();
        assertThat(fleet.collectors(now)).hasSize(1);

        pass(Duration.ofHours(2));
        assertThat(fleet.collectors(now)).isEmpty();
    }

    @Test
    void thePlaceOfOneThatLeftIsNobodysDebt() {
        hear(Statuses.of("a", 6));
        hear(Statuses.of("b", 6));
        var change = change(7);
        hear(Statuses.of("a", 6).state(State.GOODBYE));
        hear(Statuses.of("c", 7));
        assertThat(isConfirmed(change)).isFalse();

        hear(Statuses.of("b", 7));
        assertThat(isConfirmed(change)).isTrue();
    }
}
