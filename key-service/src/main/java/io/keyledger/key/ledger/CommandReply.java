package io.keyledger.key.ledger;

import io.keyledger.event.CommandId;
import io.keyledger.event.EventId;
import io.keyledger.event.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What became of a command: one record of {@code key-command-replies}, in JSON. */
public sealed interface CommandReply {

    CommandId commandId();

    OrganizationId organizationId();

    /**
     * The command was applied.
     *
     * @param partition of the ledger
     * @param revision the last event's, or the partition's current one where nothing had to change
     * @param at by the ledger's time; where nothing was changed now, when the partition's last event was made
     * @param touched for each topic that got rows, the highest revision among them; where nothing was changed now, the
     *     last revision of each table: what was so already rests on them
     * @param replayed whether this is the first answer again, by {@code Idempotency-Key}
     */
    record Applied(
            CommandId commandId,
            OrganizationId organizationId,
            int partition,
            long revision,
            Instant at,
            List<EventSummary> events,
            Map<String, Long> touched,
            Answer answer,
            boolean replayed)
            implements CommandReply {
        public Applied {
            events = List.copyOf(events);
            touched = Map.copyOf(touched);
        }

        /** Whether this command wrote events, and their rows, just now. */
        public boolean changedNow() {
            return !replayed && !events.isEmpty();
        }
    }

    /** The command was refused and changed nothing. */
    record Refused(CommandId commandId, OrganizationId organizationId, Rejection rejection) implements CommandReply {}

    /** One event of the command. */
    record EventSummary(EventId eventId, String type, long organizationRevision, long revision) {}
}
