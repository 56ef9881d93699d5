package io.keyledger.key.ledger.streams;

import io.keyledger.codec.LedgerHeaders;
import io.keyledger.event.EventId;
import io.keyledger.event.Ids;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.CommandReply;
import io.keyledger.key.ledger.CommandRequest;
import io.keyledger.key.ledger.Rejection;
import io.keyledger.key.ledger.Rejection.Fact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the commands of one partition, one after the other, and writes what becomes of each. */
final class LedgerProcessor implements Processor<byte[], byte[], SinkKey, byte[]> {

    /**
     * Where commands still come, each purges; this is for the rest, in slices that hold up no command for long. Seldom: Kafka
     * Streams commits a transaction after it, even if there was nothing to purge.
     */
    static final Duration PURGE_EVERY = Duration.ofMinutes(1);

    static final int PURGE_AT_MOST = 500;
    static final Duration UPKEEP_EVERY = Duration.ofHours(1);

    /** As Kafka Streams names it, in the directory of each task. */
    static final String CHECKPOINT = ".checkpoint";

    private static final Logger LOG = LoggerFactory.getLogger(LedgerProcessor.class);
    /** No subject has the nil UUID: readers of {@code data-keys} see the erasure of nobody. */
    private static final Bytes NO_OP_KEY = Bytes.wrap(new UUID(0, 0).toString().getBytes(StandardCharsets.UTF_8));

    private final LedgerParts parts;
    private @Nullable ProcessorContext<SinkKey, byte[]> context;
    private @Nullable PartitionLedger ledger;
    private @Nullable LedgerStores stores;

    LedgerProcessor(LedgerParts parts) {
        this.parts = parts;
    }

    @Override
    public void init(ProcessorContext<SinkKey, byte[]> taskContext) {
        context = taskContext;
        var opened = LedgerStores.open(taskContext::getStateStore);
        stores = opened;
        ledger = new PartitionLedger(
                taskContext.taskId().partition(),
                parts.ledgerId(),
                opened,
                new RecordEncoder(parts.codec()),
                this::nextEventId);
        requireWhole();
        forgetCheckpoint(taskContext.stateDir().toPath());
        taskContext.schedule(PURGE_EVERY, PunctuationType.WALL_CLOCK_TIME, _ -> purge());
        taskContext.schedule(UPKEEP_EVERY, PunctuationType.WALL_CLOCK_TIME, _ -> writeNoOp());
    }

    /** Kafka Streams makes a changelog that was deleted anew, empty: the ledger would begin again at its first revision. */
    private void requireWhole() {
        long written = parts.written().getOrDefault(partition(), 0L);
        long stored = Objects.requireNonNull(ledger).head().sequence().revision();
        if (stored < written) {
            throw new LedgerRefusesException("Expected the stores of partition " + partition() + " at revision "
                    + written + " or later, where " + Topics.KEY_EVENTS + " is, but they are at " + stored
                    + ": they were lost. Stop all instances and run key-service with " + LedgerCommand.REBUILD + ".");
        }
    }

    /**
     * Kafka Streams 4.2 keeps the checkpoint that it writes when a store is restored (KAFKA-20685). After a kill it would
     * take the store for whole, with what a transaction had written that was never committed. Without the file it
     * restores the store from its beginning.
     */
    private static void forgetCheckpoint(Path taskDirectory) {
        try {
            Files.deleteIfExists(taskDirectory.resolve(CHECKPOINT));
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to delete " + CHECKPOINT + " in " + taskDirectory, e);
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        switch (CommandRecord.read(record.key(), record.value(), record.headers())) {
            case CommandRecord.Legible(var request)
            when !isOfThisPartition(request) ->
                refuse(CommandRecord.misplaced(request, partition(), parts.partitions()));
            case CommandRecord.Legible(var request) -> write(rule(request));
            case CommandRecord.Illegible unreadable -> refuse(unreadable);
        }
        var here = Objects.requireNonNull(context);
        here.recordMetadata().ifPresent(command -> PolledCommands.ofThisThread().ruledOn(command, here));
    }

    /** In another partition's state the organization would be unknown, or be made a second time. */
    private boolean isOfThisPartition(CommandRequest request) {
        return Topics.partition(request.organizationId(), parts.partitions()) == partition();
    }

    private Ruling rule(CommandRequest request) {
        var rules = Objects.requireNonNull(ledger);
        var ruling = ruleOrFail(rules, request);
        parts.meters().ruled(request.command(), ruling.reply());
        return ruling;
    }

    private Ruling ruleOrFail(PartitionLedger rules, CommandRequest request) {
        try {
            return rules.rule(request, now());
        } catch (KafkaException e) {
            // Not the command's fault but the store's or Kafka's: Streams knows what to do.
            throw e;
        } catch (TooLargeException e) {
            return rules.refuse(request, new Rejection(Fact.TOO_LARGE, "" + e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("command", request.id())
                    .addKeyValue("type", request.command().getClass().getSimpleName())
                    .log("The rules failed on a command: refused, nothing written");
            return rules.refuse(
                    request,
                    new Rejection(
                            Fact.FAILED,
                            "Expected the ledger to rule on command " + request.id()
                                    + ", but it failed: nothing was changed, the reason is in the log of key-service."));
        }
    }

    private void refuse(CommandRecord.Illegible unreadable) {
        parts.meters().unreadable();
        LOG.atWarn()
                .addKeyValue("record", Objects.requireNonNull(context).recordMetadata())
                .log("A record of key-commands cannot be read: refused. {}", unreadable.why());
        unreadable
                .sender()
                .map(sender -> new RecordEncoder(parts.codec())
                        .reply(
                                new CommandReply.Refused(
                                        sender.command(),
                                        sender.organization(),
                                        new Rejection(Fact.UNREADABLE_COMMAND, unreadable.why())),
                                sender.instance()))
                .ifPresent(this::forward);
    }

    /** From here on nothing may fail but Kafka itself, and then all of it is undone. */
    private void write(Ruling ruling) {
        ruling.stores().run();
        ruling.records().forEach(this::forward);
    }

    private void forward(Outgoing record) {
        var value = record.value();
        Objects.requireNonNull(context)
                .forward(
                        new Record<SinkKey, byte @Nullable []>(
                                record.key(),
                                value == null ? null : value.get(),
                                now().toEpochMilli(),
                                record.headers()),
                        LedgerTopology.sink(record.topic()));
    }

    private void purge() {
        Objects.requireNonNull(stores).idempotency().purge(now(), PURGE_AT_MOST);
    }

    /** An active segment is never compacted: a record now and then closes it, so that an erased data key goes. */
    private void writeNoOp() {
        var headers = new RecordHeaders();
        LedgerHeaders.putRevision(
                headers, Objects.requireNonNull(ledger).head().sequence().revision());
        forward(new Outgoing(Topics.DATA_KEYS, new SinkKey.OfPartition(partition(), NO_OP_KEY), null, headers));
        Objects.requireNonNull(context).commit();
    }

    private int partition() {
        return Objects.requireNonNull(context).taskId().partition();
    }

    private EventId nextEventId() {
        var random = parts.random();
        return new EventId(Ids.uuidV7(now().toEpochMilli(), random.nextLong(), random.nextLong()));
    }

    private Instant now() {
        return parts.clock().instant();
    }
}
