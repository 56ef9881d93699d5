package io.keyledger.key.ledger.streams;

import io.keyledger.event.CommandId;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.CommandGateway;
import io.keyledger.key.ledger.CommandReply;
import io.keyledger.key.ledger.CommandRequest;
import io.keyledger.key.ledger.Rejection;
import io.keyledger.key.ledger.Rejection.Fact;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends commands through Kafka, and answers when the answer can be seen in the tables. */
final class KafkaCommandGateway implements CommandGateway, AutoCloseable {

    private static final long OUTCOME_BYTES = 32L << 20;
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration BLOCK_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final String instance;
    private final int partitions;
    private final InstantSource clock;
    private final Visibility visibility;
    private final LedgerMeters meters;
    private final CommandOutcomes outcomes = new CommandOutcomes(OUTCOME_BYTES);
    private final Map<CommandId, Waiting> waiting = new ConcurrentHashMap<>();
    private final KafkaProperties kafka;
    private final CommandFollower follower;
    private volatile @Nullable KafkaProducer<byte[], byte[]> producer;
    /** A caller's own work must not hold up the replies of others. */
    private final Executor callers = Executors.newVirtualThreadPerTaskExecutor();

    private static final Map<String, Object> PRODUCER = Map.of(
            "acks",
            "all",
            "enable.idempotence",
            true,
            "linger.ms",
            0,
            "max.block.ms",
            BLOCK_TIMEOUT.toMillis(),
            "request.timeout.ms",
            (int) SEND_TIMEOUT.toMillis() / 2,
            "delivery.timeout.ms",
            (int) SEND_TIMEOUT.toMillis(),
            "max.request.size",
            2 * PartitionLedger.MAX_RECORD_BYTES);

    private record Waiting(OrganizationId organization, CompletableFuture<CommandReply> answer) {}

    KafkaCommandGateway(
            LedgerProperties ledger,
            KafkaProperties kafka,
            InstantSource clock,
            Visibility visibility,
            LedgerMeters meters,
            FatalEnd end) {
        this.instance = ledger.instanceId();
        this.partitions = ledger.partitions();
        this.clock = clock;
        this.visibility = visibility;
        this.meters = meters;
        this.kafka = kafka;
        this.follower = new CommandFollower(kafka, partitions, clock, this::onRecord, end);
    }

    /**
     * Begins to follow the replies.
     *
     * @throws KafkaException if Kafka's address cannot be resolved: then again later
     */
    void start() {
        if (producer == null) {
            producer = new KafkaProducer<>(
                    kafka.client("keyledger-commands-" + instance, PRODUCER),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            follower.start();
        }
    }

    /** Whether commands are taken. */
    boolean ready() {
        return follower.positioned();
    }

    @Override
    public CompletionStage<CommandReply> submit(CommandRequest sent) {
        var log = producer;
        if (log == null || !follower.positioned()) {
            return CompletableFuture.failedStage(
                    new NotAnswered("The ledger's replies cannot be read yet: the command was not sent.", false));
        }
        // Replies find their way by it, whatever the caller thought this instance's name to be.
        var request = sent.withInstance(instance);
        var json = LedgerJson.write(request);
        if (json.length > PartitionLedger.MAX_RECORD_BYTES) {
            return CompletableFuture.completedStage(new CommandReply.Refused(
                    request.id(),
                    request.organizationId(),
                    new Rejection(
                            Fact.TOO_LARGE,
                            "Expected a command of at most " + PartitionLedger.MAX_RECORD_BYTES + " bytes, but it has "
                                    + json.length + ": ask for less at once.")));
        }
        var started = System.nanoTime();
        var answer = new CompletableFuture<CommandReply>();
        waiting.put(request.id(), new Waiting(request.organizationId(), answer));
        var _ = answer.whenComplete((_, failure) -> {
            waiting.remove(request.id());
            if (failure == null) {
                meters.answered(Duration.ofNanos(System.nanoTime() - started));
            } else {
                meters.notAnswered();
            }
        });
        expire(request, answer);
        send(log, request, json, answer);
        return answer.minimalCompletionStage();
    }

    @Override
    public CommandStatus status(OrganizationId organization, CommandId command) {
        var status = outcomes.status(organization, command, clock.instant());
        var here = waiting.get(command);
        return status instanceof CommandStatus.NotKnown
                        && here != null
                        && here.organization().equals(organization)
                ? new CommandStatus.Pending()
                : status;
    }

    @Override
    public void close() {
        follower.close();
        var log = producer;
        if (log != null) {
            log.close(CLOSE_TIMEOUT);
        }
        waiting.forEach((command, one) -> one.answer()
                .completeExceptionally(
                        new NotAnswered("key-service stops before command " + command + " was answered.", true)));
    }

    /** An answer stops the clock: a thousand changes a second must not all be waited for to their deadlines. */
    private void expire(CommandRequest request, CompletableFuture<CommandReply> answer) {
        var left = Duration.between(clock.instant(), request.deadline());
        var _ = answer.copy()
                .orTimeout(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS)
                .whenComplete((_, failure) -> {
                    if (failure instanceof TimeoutException) {
                        callers.execute(() -> answer.completeExceptionally(unanswered(request)));
                    }
                });
    }

    private static NotAnswered unanswered(CommandRequest request) {
        return new NotAnswered(
                "Command " + request.id() + " was not answered by " + request.deadline()
                        + ": its outcome can be asked by its id.",
                true);
    }

    private void send(
            KafkaProducer<byte[], byte[]> log,
            CommandRequest request,
            byte[] json,
            CompletableFuture<CommandReply> answer) {
        var organization = request.organizationId();
        var record = new ProducerRecord<byte[], byte[]>(
                Topics.KEY_COMMANDS,
                Topics.partition(organization, partitions),
                organization.toString().getBytes(StandardCharsets.UTF_8),
                json);
        CommandHeaders.of(request.id(), instance).forEach(record.headers()::add);
        try {
            var _ = log.send(record, (_, failure) -> {
                if (failure != null) {
                    fail(answer, "Command " + request.id() + " may not have reached Kafka.", true, failure);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            fail(answer, "Kafka cannot be reached: command " + request.id() + " was not sent.", false, e);
        }
    }

    private void fail(CompletableFuture<CommandReply> answer, String message, boolean sent, Exception cause) {
        var failure = new NotAnswered(message, sent);
        failure.initCause(cause);
        callers.execute(() -> answer.completeExceptionally(failure));
    }

    private void onRecord(ConsumerRecord<byte[], byte[]> record) {
        var command = CommandHeaders.findCommand(record.headers()).orElse(null);
        var organization = CommandRecord.findOrganization(record.key()).orElse(null);
        if (command == null || organization == null) {
            return;
        }
        var at = Instant.ofEpochMilli(record.timestamp());
        if (record.topic().equals(Topics.KEY_COMMANDS)) {
            outcomes.onCommand(command, organization, at, clock.instant());
            return;
        }
        byte @Nullable [] reply = record.value();
        if (reply != null) {
            outcomes.onReply(command, organization, at, reply, clock.instant());
            if (CommandHeaders.findInstance(record.headers())
                    .filter(instance::equals)
                    .isPresent()) {
                onOwnReply(command, reply);
            }
        }
    }

    private void onOwnReply(CommandId command, byte[] json) {
        var one = waiting.get(command);
        if (one == null) {
            return;
        }
        var reply = LedgerJson.readReply(json);
        var _ = visibility
                .whenVisible(reply, () -> !one.answer().isDone())
                .thenRunAsync(() -> one.answer().complete(reply), callers);
    }
}
