package io.keyledger.key.ledger.streams;

import io.keyledger.codec.LedgerHeaders;
import io.keyledger.event.EventId;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.Answer;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandReply;
import io.keyledger.key.ledger.CommandReply.Applied;
import io.keyledger.key.ledger.CommandReply.EventSummary;
import io.keyledger.key.ledger.CommandReply.Refused;
import io.keyledger.key.ledger.CommandRequest;
import io.keyledger.key.ledger.Decision;
import io.keyledger.key.ledger.Ledger;
import io.keyledger.key.ledger.Rejection;
import io.keyledger.key.ledger.Rejection.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The ledger of one partition: rules on one command after the other, and writes nothing itself. */
final class PartitionLedger {

    /** The clocks of caller and ledger differ: a deadline is held against the ledger's own clock with this much grace. */
    static final Duration DEADLINE_TOLERANCE = Duration.ofSeconds(1);

    /** Below the broker's limit for a batch (1,048,588 bytes by default), with room for what a batch adds. */
    static final int MAX_RECORD_BYTES = 1_000_000;

    private final int partition;
    private final UUID ledgerId;
    private final LedgerStores stores;
    private final RecordEncoder encoder;
    private final Supplier<EventId> eventIds;

    PartitionLedger(
            int partition, UUID ledgerId, LedgerStores stores, RecordEncoder encoder, Supplier<EventId> eventIds) {
        this.partition = partition;
        this.ledgerId = ledgerId;
        this.stores = stores;
        this.encoder = encoder;
        this.eventIds = eventIds;
    }

    /** Where the partition stands. */
    PartitionHead head() {
        return PartitionHead.read(stores.meta(), ledgerId, partition);
    }

    /**
     * Rules on a command.
     *
     * @param now the ledger's own clock
     * @throws RuntimeException of any kind: then nothing has happened
     */
    Ruling rule(CommandRequest request, Instant now) {
        if (now.isAfter(request.deadline().plus(DEADLINE_TOLERANCE))) {
            return refuse(
                    request,
                    new Rejection(
                            Fact.PAST_DEADLINE,
                            "Expected the command by " + request.deadline() + ", but it came at " + now
                                    + ": nothing was changed, send it again."));
        }
        var idempotency = request.idempotency();
        if (idempotency == null) {
            return decide(request, now);
        }
        Optional<IdempotencyRecords.Entry> first;
        try {
            first = stores.idempotency().find(request, idempotency, now);
        } catch (UnreadableJsonException _) {
            return refuse(
                    request,
                    new Rejection(
                            Fact.IDEMPOTENT_ANSWER_UNREADABLE,
                            "Expected to repeat the first answer by this Idempotency-Key, but another version of key-service"
                                    + " has kept it and this one cannot read it: nothing was changed now. Look whether"
                                    + " the first request was applied; to apply it once more, use a new key."));
        }
        return first.isPresent()
                ? repeat(request, idempotency, first.get())
                : remember(request, idempotency, decide(request, now), now);
    }

    /** Refuses a command. */
    Ruling refuse(CommandRequest request, Rejection why) {
        return answer(request, new Refused(request.id(), request.organizationId(), why), List.of(), () -> {});
    }

    private Ruling repeat(
            CommandRequest request, CommandRequest.Idempotency idempotency, IdempotencyRecords.Entry first) {
        if (!first.fingerprint().equals(idempotency.fingerprint())) {
            return refuse(
                    request,
                    new Rejection(
                            Fact.IDEMPOTENCY_KEY_REUSED,
                            "Expected the same request as before with this Idempotency-Key, but it is another one: use a new key."));
        }
        CommandReply again = switch (first.reply()) {
            case Refused(var _, var organization, var why) -> new Refused(request.id(), organization, why);
            case Applied a -> {
                var head = head();
                yield new Applied(
                        request.id(),
                        a.organizationId(),
                        a.partition(),
                        a.revision(),
                        head.sequence().lastEventAt(),
                        a.events(),
                        head.tables(),
                        a.answer(),
                        true);
            }
        };
        return answer(request, again, List.of(), () -> {});
    }

    private Ruling remember(
            CommandRequest request, CommandRequest.Idempotency idempotency, Ruling ruling, Instant now) {
        var entry = IdempotencyRecords.encode(idempotency, ruling.reply(), now);
        requireSize("the answer", entry.length);
        return new Ruling(ruling.reply(), ruling.records(), () -> {
            ruling.stores().run();
            stores.idempotency().put(request, idempotency, entry, now);
        });
    }

    private Ruling decide(CommandRequest sent, Instant now) {
        // A sender whose clock is ahead must not drag the ledger's time along: it never runs backwards again.
        var request = sent.issuedAt().isAfter(now) ? sent.withIssuedAt(now) : sent;
        var head = head();
        var overlay = new StateOverlay(stores.state());
        var decision = Ledger.decide(request, overlay, head.sequence().timeOf(request));
        return switch (decision) {
            case Decision.Rejected(var why) -> refuse(request, why);
            case Decision.Accepted accepted -> apply(request, accepted, head, overlay);
        };
    }

    private Ruling apply(CommandRequest request, Decision.Accepted accepted, PartitionHead head, StateOverlay overlay) {
        var events = head.sequence().envelopes(request, accepted.events(), overlay, eventIds);
        var records = new ArrayList<Outgoing>();
        var after = head;
        for (var event : events) {
            var chained = encoder.event(event, after.chainBytes());
            records.add(chained.outgoing());
            var changes = Ledger.apply(overlay, event);
            after = after.with(after.sequence().after(event), chained.chain().get())
                    .withRows(changes);
            changes.forEach(change -> records.add(encoder.row(change)));
        }
        var sources = Ledger.sources(request, events);
        sources.forEach(source -> records.add(encoder.source(source)));
        var reply = new Applied(
                request.id(),
                request.organizationId(),
                partition,
                after.sequence().revision(),
                events.isEmpty()
                        ? head.sequence().lastEventAt()
                        : head.sequence().timeOf(request),
                summaries(events),
                events.isEmpty()
                        ? head.tables()
                        : touched(records, after.sequence().revision()),
                answerOf(request, accepted, overlay),
                false);
        requireSize("the state", overlay.largestChange());
        var next = after;
        return answer(request, reply, records, () -> {
            next.write(stores.meta());
            overlay.writeThrough();
            stores.sealedSecrets().apply(sources);
        });
    }

    private Answer answerOf(CommandRequest request, Decision.Accepted accepted, StateOverlay overlay) {
        var answer = accepted.answer().read(overlay);
        return request.command() instanceof Command.RevealCollectorKey && answer instanceof Answer.OfKey key
                ? key.withSealed(stores.sealedSecrets().require(request.organizationId(), key.key()))
                : answer;
    }

    private Ruling answer(CommandRequest request, CommandReply reply, List<Outgoing> records, Runnable writes) {
        var all = new ArrayList<>(records);
        all.add(encoder.reply(reply, request.instance()));
        all.forEach(record -> requireSize(record.topic(), record.size()));
        return new Ruling(reply, all, writes);
    }

    private static List<EventSummary> summaries(List<LedgerEvent> events) {
        return events.stream()
                .map(event -> new EventSummary(
                        event.eventId(), event.event().type(), event.organizationRevision(), event.revision()))
                .toList();
    }

    /** All rows of one command carry revisions of its events; the highest of each topic is in its last record's header. */
    private static Map<String, Long> touched(List<Outgoing> records, long revision) {
        var touched = new HashMap<String, Long>();
        for (var record : records) {
            var of = LedgerHeaders.findRevision(record.headers()).orElse(revision);
            if (!record.topic().equals(Topics.KEY_EVENTS)) {
                touched.merge(record.topic(), of, Math::max);
            }
        }
        return touched;
    }

    private static void requireSize(String what, int size) {
        if (size > MAX_RECORD_BYTES) {
            throw new TooLargeException(what, size, MAX_RECORD_BYTES);
        }
    }
}
