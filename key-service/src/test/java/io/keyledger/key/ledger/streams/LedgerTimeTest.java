package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.key.ledger.Rejection.Fact;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Deadlines, and clocks that differ. */
class LedgerTimeTest extends LedgerTopologyHarness {

    @Test
    void aCommandPastItsDeadlineIsRefusedUnappliedAndOneWithinTheToleranceIsNot() {
        create();
        var late = request(register("late"), null);
        now = now.plus(Duration.ofSeconds(20)).plus(PartitionLedger.DEADLINE_TOLERANCE);
        applied(send(late));
        var tooLate = request(register("too late"), null);
        now = now.plus(Duration.ofSeconds(20))
                .plus(PartitionLedger.DEADLINE_TOLERANCE)
                .plusMillis(1);
        assertThat(refused(send(tooLate)).rejection().fact()).isEqualTo(Fact.PAST_DEADLINE);
        applied(send(register("too late")));
    }

    @Test
    void aSenderWhoseClockIsAheadDoesNotDragTheLedgersTimeAlong() {
        create();
        var ahead = TestLedger.request(
                ORGANIZATION, TestLedger.owner(ORGANIZATION), register("a"), now.plus(Duration.ofDays(400)), null);
        applied(send(ahead));
        now = now.plusSeconds(1);
        applied(send(register("b")));
        assertThat(events())
                .last()
                .satisfies(event -> assertThat(event.occurredAt()).isEqualTo(now));
    }

    @Test
    void aSenderWhoseClockIsBehindDoesNotTurnTheLedgersTimeBack() {
        create();
        var behind = TestLedger.request(
                ORGANIZATION, TestLedger.owner(ORGANIZATION), register("a"), now.minusSeconds(15), null);
        applied(send(behind));
        assertThat(events())
                .last()
                .satisfies(event -> assertThat(event.occurredAt()).isEqualTo(now));
    }
}
