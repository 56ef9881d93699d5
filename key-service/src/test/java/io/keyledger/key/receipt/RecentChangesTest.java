package io.keyledger.key.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.LedgerEvent;
import io.keyledger.event.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The changes whose confirmations are awaited, and those that are only asked for. */
class RecentChangesTest {

    private final List<Duration> enforced = new ArrayList<>();
    private final Fleet fleet = new Fleet();
    private final RecentChanges recent = new RecentChanges(fleet, enforced::add);

    @Test
    void toAskForOldChangesGivesUpNoneThatIsAwaited() {
        var event = Samples.events().getFirst();
        var at = event.occurredAt();
        fleet.onStatus(Statuses.of("behind", 0).status(at), at, at);
        recent.onEvent(0, event, at);
        for (int asked = 0; asked < 2 * Fleet.MAX_OPEN; asked++) {
            var old = recent.past(0, event);
            assertThat(fleet.receipt(old, at).laggards()).hasSize(1);
        }
        var later = at.plusMillis(7);
        fleet.onStatus(Statuses.of("behind", event.revision()).status(later), later, later);

        assertThat(enforced).containsExactly(Duration.ofMillis(7));
        assertThat(fleet.receipt(tracked(event), later).lastAfterMillis()).isEqualTo(7);
    }

    @Test
    void aChangeThatWasMadeWhileTheBrokersTimeStoodStillIsConfirmedByNoOlderProof() {
        var event = Samples.events().getFirst();
        var cutOff = event.occurredAt().minus(Duration.ofMinutes(10));
        recent.onEvent(0, event, cutOff);
        for (int status = 0; status < ClockSkew.SAMPLES; status++) {
            var before = event.occurredAt().minusSeconds(60 - status);
            fleet.onStatus(Statuses.of("behind", 0).status(before), before, before);
        }

        assertThat(fleet.receipt(tracked(event), event.occurredAt()).laggards()).hasSize(1);
    }

    private Tracked tracked(LedgerEvent event) {
        return recent.find(event.organizationId(), event.eventId()).orElseThrow();
    }
}
