package io.keyledger.key.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.CollectorReport.State;
import io.keyledger.event.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Processes of one Collector id: one after the other, or two at a time. */
class FleetStartsTest {

    private static final Statuses OLDER = Statuses.of("a", 6);
    private static final Statuses NEWER = Statuses.of("a", 7).startedLater(Duration.ofMinutes(1));

    private final Fleet fleet = new Fleet();
    private Instant now = Statuses.START.plusSeconds(3600);

    private Fleet.Alarm hear(Statuses status) {
        now = now.plusMillis(1);
        return fleet.onStatus(status.status(now), now, now);
    }

    private void pass(Duration time) {
        now = now.plus(time);
        fleet.onTime(now);
    }

    private Receipt receipt() {
        return fleet.receipt(fleet.track(new Target(0, Map.of(Topics.KEY_STATE, 7L), now, now), true), now);
    }

    private List<Standing> standings() {
        return fleet.collectors(now).stream().map(Receipt.Named::standing).toList();
    }

    @Test
    void twoThatSpeakByTurnsAreTwoAndSayThatTheyShareAnId() {
        hear(OLDER);
        assertThat(hear(NEWER).sharesId()).isFalse();
        assertThat(receipt().of()).isEqualTo(2);

        assertThat(hear(OLDER).sharesId()).isTrue();
        assertThat(hear(NEWER).sharesId()).isTrue();
        assertThat(hear(OLDER).sharesId()).isFalse();
        assertThat(receipt()).extracting(Receipt::enforcedOn, Receipt::of).containsExactly(1, 2);
        assertThat(receipt().laggards().getFirst().heard().status().startedAt()).isEqualTo(Statuses.START);
        assertThat(fleet.collectors(now)).allMatch(Receipt.Named::sharesId);

        hear(OLDER.state(State.GOODBYE));
        hear(NEWER);
        pass(Duration.ofSeconds(1));
        assertThat(receipt().isComplete()).isTrue();
        assertThat(fleet.collectors(now)).hasSize(1).noneMatch(Receipt.Named::sharesId);
        assertThat(hear(NEWER).sharesId()).isFalse();
    }

    @Test
    void aStartIsNoGoodbyeOfTheOneBefore() {
        hear(OLDER);
        var heard = now;
        pass(Duration.ofSeconds(20));
        hear(NEWER);
        assertThat(receipt().laggards())
                .extracting(Receipt.Named::standing)
                .as("killed or paused, nobody can tell")
                .containsExactly(Standing.SILENT);

        now = heard.plus(Duration.ofMinutes(5)).plusSeconds(10);
        hear(NEWER);
        pass(Duration.ZERO);
        assertThat(receipt()).extracting(Receipt::enforcedOn, Receipt::of).containsExactly(1, 1);
        assertThat(fleet.collectors(now)).hasSize(1).noneMatch(Receipt.Named::sharesId);
    }

    @Test
    void afterAGoodbyeTheNextStartStandsAlone() {
        hear(OLDER);
        hear(OLDER.state(State.GOODBYE));
        pass(Duration.ofSeconds(1));
        assertThat(standings()).containsExactly(Standing.GONE);

        hear(NEWER);
        pass(Duration.ofSeconds(1));
        assertThat(receipt()).extracting(Receipt::enforcedOn, Receipt::of).containsExactly(1, 1);
        assertThat(standings()).containsExactly(Standing.LIVE);
    }

    @Test
    void whoFailsOpenStaysUnprovableAfterTheNextStart() {
        hear(OLDER.failingOpen());
        pass(Duration.ofMinutes(6));
        hear(NEWER);
        pass(Duration.ofSeconds(1));

        assertThat(receipt().of()).isOne();
        assertThat(receipt().unprovable()).hasSize(1);
        assertThat(standings()).containsExactly(Standing.GONE, Standing.LIVE);
    }
}
