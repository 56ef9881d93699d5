package io.keyledger.key.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.Actor;
import io.keyledger.event.CommandId;
import io.keyledger.event.EventId;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SecretHash;
import io.keyledger.key.ledger.Decision.Accepted;
import io.keyledger.key.ledger.Decision.Rejected;
import io.keyledger.key.ledger.Rejection.Fact;
import io.keyledger.table.Row;
import io.keyledger.table.Row.KeyRow;
import io.keyledger.table.RowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Given events, when a command, then events or a rejection: what the processor does, without Kafka. */
final class Scenario {

    private final InMemoryLedgerState state = new InMemoryLedgerState();
    private final List<LedgerEvent> log = new ArrayList<>();
    private final Map<RowKey, Row> rows = new LinkedHashMap<>();
    private LedgerSequence sequence = LedgerSequence.START;
    private Instant clock = Fixtures.T0;
    private Actor actor = Fixtures.OWNER;
    private OrganizationId organization = Fixtures.ORGANIZATION;
    private @Nullable Decision decision;
    private List<LedgerEvent> events = List.of();
    private List<RowChange> changes = List.of();
    private List<SourceChange> sources = List.of();
    private @Nullable Answer answer;
    private long ids;

    static Scenario given(List<KeyEvent> events) {
        return new Scenario().and(Actor.LEDGER, events.toArray(KeyEvent[]::new));
    }

    static Scenario given(KeyEvent... events) {
        return given(List.of(events));
    }

    /** More that happened before, by somebody. */
    Scenario and(Actor by, KeyEvent... more) {
        var request = new CommandRequest(
                new CommandId(nextId()),
                organization,
                by,
                "test",
                clock,
                clock.plusSeconds(10),
                null,
                new Command.WithdrawOwnerToken());
        append(sequence.envelopes(request, List.of(more), state, () -> new EventId(nextId())));
        return this;
    }

    /** Who acts from now on; the Owner by the environment's token, if nothing is said. */
    Scenario by(Actor other) {
        actor = other;
        return this;
    }

    Scenario in(OrganizationId other) {
        organization = other;
        return this;
    }

    /** Time passes. */
    Scenario after(Duration passed) {
        clock = clock.plus(passed);
        return this;
    }

    Scenario when(Command command) {
        var request = new CommandRequest(
                new CommandId(nextId()), organization, actor, "test", clock, clock.plusSeconds(10), null, command);
        var decided = Ledger.decide(request, state, sequence.timeOf(request));
        decision = decided;
        events = List.of();
        changes = List.of();
        sources = List.of();
        answer = null;
        if (decided instanceof Accepted(var payloads, var answerOf)) {
            events = sequence.envelopes(request, payloads, state, () -> new EventId(nextId()));
            changes = append(events);
            sources = Ledger.sources(request, events);
            answer = answerOf.read(state);
        }
        return this;
    }

    /** Exactly these. */
    Scenario then(KeyEvent... expected) {
        assertThat(decision).isInstanceOf(Accepted.class);
        assertThat(events.stream().map(LedgerEvent::event)).containsExactly(expected);
        return this;
    }

    /** Refused, with all of that in the message. */
    Scenario thenRefused(Fact fact, Object... named) {
        assertThat(refusal()).as("refusal").isPresent();
        var why = refusal().orElseThrow();
        assertThat(why.fact()).as(why.message()).isEqualTo(fact);
        for (var part : named) {
            assertThat(why.message()).contains(part.toString());
        }
        return this;
    }

    /** The row as a reader of the tables has it now. */
    <R extends Row> Optional<R> row(RowKey key, Class<R> type) {
        return Optional.ofNullable(rows.get(key)).map(type::cast);
    }

    /** The row of the secret with that hash, which must be there. */
    KeyRow keyRow(SecretHash hash) {
        return row(new RowKey.OfKey(hash), KeyRow.class).orElseThrow();
    }

    Optional<Rejection> refusal() {
        return decision instanceof Rejected(var why) ? Optional.of(why) : Optional.empty();
    }

    <A extends Answer> A answer(Class<A> type) {
        assertThat(answer).isInstanceOf(type);
        return type.cast(Objects.requireNonNull(answer));
    }

    List<RowChange> changes() {
        return changes;
    }

    List<SourceChange> sources() {
        return sources;
    }

    List<LedgerEvent> log() {
        return log;
    }

    Map<RowKey, Row> rows() {
        return rows;
    }

    InMemoryLedgerState state() {
        return state;
    }

    Instant now() {
        return clock;
    }

    private List<RowChange> append(List<LedgerEvent> appended) {
        var caused = new ArrayList<RowChange>();
        for (var event : appended) {
            sequence = sequence.after(event);
            log.add(event);
            caused.addAll(Ledger.apply(state, event));
        }
        apply(caused, rows);
        return caused;
    }

    /** What a reader does with the records of the tables. */
    static void apply(List<RowChange> changes, Map<RowKey, Row> rows) {
        for (var change : changes) {
            switch (change) {
                case RowChange.Put(var row) -> rows.put(change.key(), row);
                case RowChange.Remove _ -> rows.remove(change.key());
            }
        }
    }

    private UUID nextId() {
        ids++;
        return new UUID(0x7000L, 0x8000_0000_0000_0000L | ids);
    }
}
