package io.keyledger.key.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.CollectorReport.Health;
import io.keyledger.event.CollectorReport.State;
import io.keyledger.event.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The join of statuses with the changes that they confirm; in the broker's time, which the test moves. */
class FleetTest {

    private static final Instant LATER = Statuses.START.plusSeconds(3600);

    private final Fleet fleet = new Fleet();
    private Instant now = LATER;

    private void hear(Statuses status) {
        fleet.onStatus(status.status(now), now, now);
    }

    private void pass(Duration time) {
        now = now.plus(time);
        fleet.onTime(now);
    }

    /** A change of keys, made now. */
    private Tracked change(long revision) {
        return fleet.track(target(revision, Topics.KEY_STATE), true);
    }

    private Target target(long revision, String... tables) {
        var revisions = new java.util.HashMap<String, Long>();
        for (var table : tables) {
            revisions.put(table, revision);
        }
        return new Target(0, revisions, now, now.plusSeconds(60));
    }

    private Receipt receipt(Tracked tracked) {
        return fleet.receipt(tracked, now);
    }

    private static boolean isConfirmed(Tracked tracked) {
        return tracked.whenConfirmed().toCompletableFuture().isDone();
    }

    private static java.util.List<String> laggards(Receipt receipt) {
        return receipt.laggards().stream().map(Receipt.Named::id).toList();
    }

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

        hear(Statuses.of("a", 0).state(State.STARTING));
        assertThat(receipt(change).of()).isOne();
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
