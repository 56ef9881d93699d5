package io.keyledger.key.ledger;

import io.keyledger.event.EventId;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.LedgerEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where a ledger partition stands, and how its next events are numbered and dated.
 *
 * @param revision of the last event in the partition; 0: there is none
 * @param lastEventAt when that was, in ledger time
 */
public record LedgerSequence(long revision, Instant lastEventAt) {

    /** Before the first event. */
    public static final LedgerSequence START = new LedgerSequence(0, Instant.EPOCH);

    /** Ledger time for a command: its own, in microseconds, but never before the last event. */
    public Instant timeOf(CommandRequest request) {
        var asked = request.issuedAt().truncatedTo(ChronoUnit.MICROS);
        return asked.isBefore(lastEventAt) ? lastEventAt : asked;
    }

    /**
     * Puts what was decided into envelopes: gapless numbers in the partition and in the organization, ledger time.
     *
     * @param state before the events
     * @param ids makes a new id for each event
     */
    public List<LedgerEvent> envelopes(
            CommandRequest request, List<KeyEvent> decided, LedgerState state, Supplier<EventId> ids) {
        var organizationRevision = state.findOrganization(request.organizationId())
                .map(LedgerState.OrganizationState::organizationRevision)
                .orElse(0L);
        var at = timeOf(request);
        var events = new ArrayList<LedgerEvent>(decided.size());
        for (var event : decided) {
            var number = events.size() + 1;
            events.add(new LedgerEvent(
                    ids.get(),
                    request.organizationId(),
                    organizationRevision + number,
                    revision + number,
                    at,
                    request.id(),
                    request.actor(),
                    event));
        }
        return List.copyOf(events);
    }

    /** Where the partition stands after an event of it, live and in a replay. */
    public LedgerSequence after(LedgerEvent event) {
        if (event.revision() <= revision) {
            return this;
        }
        if (event.revision() != revision + 1) {
            throw new InapplicableEvent(event, "the partition's last revision is " + revision + ".");
        }
        return new LedgerSequence(event.revision(), event.occurredAt());
    }
}
