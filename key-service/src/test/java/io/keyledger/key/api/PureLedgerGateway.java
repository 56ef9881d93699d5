package io.keyledger.key.api;

import io.keyledger.event.CommandId;
import io.keyledger.event.EventId;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.Answer;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandGateway;
import io.keyledger.key.ledger.CommandReply;
import io.keyledger.key.ledger.CommandRequest;
import io.keyledger.key.ledger.Decision;
import io.keyledger.key.ledger.InMemoryLedgerState;
import io.keyledger.key.ledger.Ledger;
import io.keyledger.key.ledger.LedgerSequence;
import io.keyledger.key.ledger.Rejection;
import io.keyledger.key.ledger.RowChange;
import io.keyledger.key.ledger.SealedSecret;
import io.keyledger.key.ledger.WrappedDataKey;
import io.keyledger.key.secret.DataKeys;
import io.keyledger.table.InMemoryLedgerTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** The ledger's rules on maps, with what the processor adds: sequence, idempotency, sources, rows. */
public final class PureLedgerGateway implements CommandGateway, DataKeys {

    private static final int PARTITIONS = 4;

    /** How the gateway behaves. */
    enum Mode {
        ANSWERS,
        /** Kafka cannot be reached. */
        AWAY,
        /** Applies and says nothing. */
        SILENT
    }

    final InMemoryLedgerState state = new InMemoryLedgerState();
    public final InMemoryLedgerTables tables = new InMemoryLedgerTables();
    public final List<LedgerEvent> events = new CopyOnWriteArrayList<>();
    private final Map<UUID, WrappedDataKey> dataKeys = new HashMap<>();
    private final Map<UUID, SealedSecret> sealed = new HashMap<>();
    private final Map<CommandId, CommandReply> replies = new HashMap<>();
    private final Map<List<Object>, First> firsts = new HashMap<>();
    private final Map<Integer, Map<String, Long>> lastRows = new HashMap<>();
    private LedgerSequence sequence = LedgerSequence.START;
    volatile Mode mode = Mode.ANSWERS;
    volatile @Nullable CountDownLatch hold;
    /** One permit for each command that is held. */
    final Semaphore entered = new Semaphore(0);

    private record First(String fingerprint, CommandReply reply) {}

    public PureLedgerGateway() {
        Topics.TABLES.forEach(tables::endLoading);
    }

    @Override
    public CompletionStage<CommandReply> submit(CommandRequest request) {
        var latch = hold;
        if (latch != null) {
            entered.release();
            return CompletableFuture.supplyAsync(() -> {
                try {
                    latch.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return process(request);
            });
        }
        return switch (mode) {
            case AWAY -> CompletableFuture.failedStage(new NotAnswered("Kafka is away.", false));
            case SILENT -> {
                process(request);
                yield CompletableFuture.failedStage(new NotAnswered("No answer in time.", true));
            }
            case ANSWERS -> CompletableFuture.completedStage(process(request));
        };
    }

    @Override
    public synchronized CommandStatus status(OrganizationId organization, CommandId command) {
        var reply = replies.get(command);
        return reply == null || !reply.organizationId().equals(organization)
                ? new CommandStatus.NotKnown()
                : new CommandStatus.Answered(reply);
    }

    @Override
    public synchronized Optional<WrappedDataKey> find(UUID subject) {
        return Optional.ofNullable(dataKeys.get(subject));
    }

    /** As after 24 hours. */
    synchronized void forgetFirstAnswers() {
        firsts.clear();
    }

    private synchronized CommandReply process(CommandRequest request) {
        var idempotency = request.idempotency();
        if (idempotency == null) {
            return remember(decide(request));
        }
        var who = List.<Object>of(
                request.organizationId(), String.valueOf(request.actor().key()), idempotency.key());
        var first = firsts.get(who);
        if (first == null) {
            var reply = remember(decide(request));
            firsts.put(who, new First(idempotency.fingerprint(), reply));
            return reply;
        }
        if (!first.fingerprint().equals(idempotency.fingerprint())) {
            return remember(new CommandReply.Refused(
                    request.id(),
                    request.organizationId(),
                    new Rejection(Rejection.Fact.IDEMPOTENCY_KEY_REUSED, "Expected the same request again.")));
        }
        return switch (first.reply()) {
            case CommandReply.Refused refused -> refused;
            case CommandReply.Applied applied ->
                new CommandReply.Applied(
                        applied.commandId(),
                        applied.organizationId(),
                        applied.partition(),
                        applied.revision(),
                        applied.at(),
                        applied.events(),
                        applied.touched(),
                        applied.answer(),
                        true);
        };
    }

    private CommandReply remember(CommandReply reply) {
        replies.put(reply.commandId(), reply);
        return reply;
    }

    private CommandReply decide(CommandRequest request) {
        int partition = Topics.partition(request.organizationId(), PARTITIONS);
        return switch (Ledger.decide(request, state, sequence.timeOf(request))) {
            case Decision.Rejected(var why) -> new CommandReply.Refused(request.id(), request.organizationId(), why);
            case Decision.Accepted(var decided, var answer) -> {
                var at = sequence.timeOf(request);
                var envelopes = sequence.envelopes(request, decided, state, () -> new EventId(UUID.randomUUID()));
                var summaries = new ArrayList<CommandReply.EventSummary>();
                var touched = new HashMap<String, Long>();
                var last = lastRows.computeIfAbsent(partition, _ -> new HashMap<>());
                for (var event : envelopes) {
                    Ledger.apply(state, event).forEach(change -> {
                        write(partition, change);
                        touched.put(change.key().topic(), change.revision());
                        last.put(change.key().topic(), change.revision());
                    });
                    sequence = sequence.after(event);
                    events.add(event);
                    summaries.add(new CommandReply.EventSummary(
                            event.eventId(), event.event().type(), event.organizationRevision(), event.revision()));
                }
                keepSources(request.command());
                yield new CommandReply.Applied(
                        request.id(),
                        request.organizationId(),
                        partition,
                        sequence.revision(),
                        at,
                        summaries,
                        envelopes.isEmpty() ? last : touched,
                        withSealed(request.command(), answer.read(state)),
                        false);
            }
        };
    }

    private void write(int partition, RowChange change) {
        switch (change) {
            case RowChange.Put(var row) -> tables.put(partition, row);
            case RowChange.Remove remove -> tables.remove(partition, remove.key());
        }
    }

    private void keepSources(Command command) {
        if (command instanceof Command.CreateOrganization create) {
            create.dataKeys().forEach(key -> dataKeys.put(key.subject(), key));
        }
        var made = switch (command) {
            case Command.CreateOrganization create -> create.globalKey();
            case Command.CreateOverride create -> create.secret();
            case Command.RegenerateCollectorKey regenerate -> regenerate.secret();
            default -> null;
        };
        if (made != null && made.sealed() != null) {
            sealed.put(UUID.nameUUIDFromBytes(made.hash().toBytes()), made.sealed());
        }
    }

    private Answer withSealed(Command command, Answer answer) {
        return command instanceof Command.RevealCollectorKey && answer instanceof Answer.OfKey key
                ? new Answer.OfKey(
                        key.key(),
                        key.system(),
                        sealed.get(UUID.nameUUIDFromBytes(key.key().hash().toBytes())))
                : answer;
    }
}
