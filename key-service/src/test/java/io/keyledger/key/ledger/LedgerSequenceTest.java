package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.ORGANIZATION;
import static io.keyledger.key.ledger.Fixtures.OWNER;
import static io.keyledger.key.ledger.Fixtures.T0;
import static io.keyledger.key.ledger.Fixtures.organization;
import static io.keyledger.key.ledger.Fixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.event.CommandId;
import io.keyledger.event.EventId;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyEvent.Unknown;
import io.keyledger.event.LedgerEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerSequenceTest {

    private static final List<KeyEvent> TWO = List.of(new Unknown("One"), new Unknown("Two"));

    @Test
    void eventsAreNumberedWithoutGaps() {
        var state = Scenario.given(organization()).state();
        var events = new LedgerSequence(41, T0).envelopes(request(T0), TWO, state, LedgerSequenceTest::id);

        assertThat(events.stream().map(LedgerEvent::revision)).containsExactly(42L, 43L);
        assertThat(events.stream().map(LedgerEvent::organizationRevision)).containsExactly(5L, 6L);
        assertThat(events)
                .allMatch(event -> event.commandId().equals(request(T0).id())
                        && event.actor().equals(OWNER)
                        && event.organizationId().equals(ORGANIZATION));
    }

    @Test
    void anOrganizationsFirstEventHasNumberOne() {
        var events =
                LedgerSequence.START.envelopes(request(T0), TWO, new InMemoryLedgerState(), LedgerSequenceTest::id);
        assertThat(events.stream().map(LedgerEvent::revision)).containsExactly(1L, 2L);
        assertThat(events.stream().map(LedgerEvent::organizationRevision)).containsExactly(1L, 2L);
    }

    @Test
    void ledgerTimeHasMicrosecondsAndNeverRunsBackwards() {
        var sequence = new LedgerSequence(7, T0);
        assertThat(sequence.timeOf(request(T0.plusNanos(1_999)))).isEqualTo(T0.plusNanos(1_000));
        assertThat(sequence.timeOf(request(T0.minusSeconds(60)))).isEqualTo(T0);
        assertThat(sequence.envelopes(
                        request(T0.minusSeconds(60)), TWO, new InMemoryLedgerState(), LedgerSequenceTest::id))
                .allMatch(event -> event.occurredAt().equals(T0));
    }

    @Test
    void theSequenceFollowsTheEvents() {
        var sequence = new LedgerSequence(41, T0);
        var events =
                sequence.envelopes(request(T0.plusSeconds(1)), TWO, new InMemoryLedgerState(), LedgerSequenceTest::id);

        var after = sequence.after(events.get(0)).after(events.get(1));
        assertThat(after).isEqualTo(new LedgerSequence(43, T0.plusSeconds(1)));
        assertThat(after.after(events.get(0))).as("a repeated event").isEqualTo(after);
        assertThatThrownBy(() -> sequence.after(events.get(1)))
                .isInstanceOf(InapplicableEvent.class)
                .hasMessageContaining("43")
                .hasMessageContaining("41");
    }

    private static CommandRequest request(Instant issuedAt) {
        return new CommandRequest(
                new CommandId(uuid("command")),
                ORGANIZATION,
                OWNER,
                "test",
                issuedAt,
                issuedAt.plusSeconds(10),
                null,
                new Command.WithdrawOwnerToken());
    }

    private static EventId id() {
        return new EventId(uuid("event"));
    }
}
