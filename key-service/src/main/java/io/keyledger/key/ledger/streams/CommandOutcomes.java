package io.keyledger.key.ledger.streams;

import io.keyledger.event.CommandId;
import io.keyledger.event.OrganizationId;
import io.keyledger.key.ledger.CommandGateway.CommandStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of the commands of the last hour, as the topics tell it. Bounded in memory: past the bound the oldest
 * outcomes are forgotten before their hour is over, which is logged, and their status is "not known".
 */
final class CommandOutcomes {

    static final Duration KEPT = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(CommandOutcomes.class);
    /** About what an entry takes besides its reply. */
    private static final int ENTRY_BYTES = 200;

    private final long maxBytes;
    private final LinkedHashMap<CommandId, Outcome> outcomes = new LinkedHashMap<>();
    private long bytes;
    private Instant lastWarning = Instant.EPOCH;

    /** @param reply its JSON; null: none yet */
    private record Outcome(
            OrganizationId organization,
            Instant at,
            @Nullable Bytes reply) {
        int size() {
            return ENTRY_BYTES + (reply == null ? 0 : reply.get().length);
        }
    }

    CommandOutcomes(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** A command is in the log. */
    synchronized void onCommand(CommandId command, OrganizationId organization, Instant at, Instant now) {
        // The two topics have no order between them: the reply may have been here first.
        if (!outcomes.containsKey(command)) {
            put(command, new Outcome(organization, at, null), now);
        }
    }

    /** A command was answered. */
    synchronized void onReply(CommandId command, OrganizationId organization, Instant at, byte[] reply, Instant now) {
        put(command, new Outcome(organization, at, Bytes.wrap(reply)), now);
    }

    synchronized CommandStatus status(OrganizationId organization, CommandId command, Instant now) {
        forgetOld(now);
        var outcome = outcomes.get(command);
        if (outcome == null || !outcome.organization().equals(organization)) {
            return new CommandStatus.NotKnown();
        }
        return outcome.reply() == null
                ? new CommandStatus.Pending()
                : new CommandStatus.Answered(
                        LedgerJson.readReply(outcome.reply().get()));
    }

    synchronized int size() {
        return outcomes.size();
    }

    private void put(CommandId command, Outcome outcome, Instant now) {
        forgetOld(now);
        if (outcome.at().isBefore(now.minus(KEPT))) {
            return;
        }
        // To the end: the map is in the order of time.
        remove(command);
        outcomes.put(command, outcome);
        bytes += outcome.size();
        while (bytes > maxBytes) {
            var oldest = outcomes.firstEntry();
            remove(oldest.getKey());
            warn(oldest.getValue().at(), now);
        }
    }

    private void forgetOld(Instant now) {
        var until = now.minus(KEPT);
        var oldest = outcomes.firstEntry();
        while (oldest != null && oldest.getValue().at().isBefore(until)) {
            remove(oldest.getKey());
            oldest = outcomes.firstEntry();
        }
    }

    private void remove(CommandId command) {
        var removed = outcomes.remove(command);
        if (removed != null) {
            bytes -= removed.size();
        }
    }

    private void warn(Instant forgotten, Instant now) {
        if (lastWarning.isBefore(now.minus(KEPT))) {
            lastWarning = now;
            LOG.atWarn()
                    .addKeyValue("until", forgotten)
                    .addKeyValue("maxBytes", maxBytes)
                    .log("Too many commands to remember an hour of outcomes: the oldest are forgotten early");
        }
    }
}
