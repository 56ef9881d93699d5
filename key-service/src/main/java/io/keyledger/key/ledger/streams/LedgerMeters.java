package io.keyledger.key.ledger.streams;

import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandReply;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/** What the ledger counts. Label values come from types and enums alone. */
final class LedgerMeters {

    private final MeterRegistry registry;
    private final Timer latency;

    LedgerMeters(MeterRegistry registry) {
        this.registry = registry;
        this.latency = Timer.builder("keyledger.ledger.command.latency")
                .description("From sending a command to its answer, every touched row read back")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    /** A command was ruled on. */
    void ruled(Command command, CommandReply reply) {
        var outcome = switch (reply) {
            case CommandReply.Applied applied -> applied.replayed() ? "replayed" : "applied";
            case CommandReply.Refused refused ->
                refused.rejection().fact().name().toLowerCase(Locale.ROOT);
        };
        registry.counter("keyledger.ledger.commands", "type", command.getClass().getSimpleName(), "outcome", outcome)
                .increment();
    }

    /** A record of {@code key-commands} could not be read. */
    void unreadable() {
        registry.counter("keyledger.ledger.commands.unreadable").increment();
    }

    /** A caller got its answer. */
    void answered(Duration after) {
        latency.record(after);
    }

    /** A caller got none in time. */
    void notAnswered() {
        registry.counter("keyledger.ledger.commands.unanswered").increment();
    }
}
