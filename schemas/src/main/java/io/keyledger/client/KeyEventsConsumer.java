package io.keyledger.client;

import io.keyledger.event.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows all of {@code key-events}, committed events alone, on a thread of its own. The caller keeps the positions, best
 * in the transaction in which it takes a batch: then it has every event exactly once. Nothing is ever skipped: what
 * cannot be decoded is handed over raw, a batch whose handler throws comes again from the stored position on, and a position that Kafka no longer
 * has stops the consumer with a {@link #problem}, for only people know why the log is shorter than it was.
 */
public final class KeyEventsConsumer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyEventsConsumer.class);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

    private final LedgerConnection connection;
    private final EventReader reader;
    private final StartPositions positions;
    private final EventHandler handler;
    private final Map<Integer, StartPosition> next = new ConcurrentHashMap<>();
    private final Map<Integer, Long> lags = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> open;
    private volatile @Nullable String problem;

    private KeyEventsConsumer(
            LedgerConnection connection, EventReader reader, StartPositions positions, EventHandler handler) {
        this.connection = connection;
        this.reader = reader;
        this.positions = positions;
        this.handler = handler;
        this.thread = Thread.ofPlatform()
                .name(connection.clientId() + "-events")
                .daemon()
                .unstarted(this::run);
    }

    /** Starts at once, and waits by itself for Kafka, for the topic and for whatever keeps the positions. */
    public static KeyEventsConsumer start(
            LedgerConnection connection, EventReader reader, StartPositions positions, EventHandler handler) {
        var consumer = new KeyEventsConsumer(connection, reader, positions, handler);
        consumer.thread.start();
        return consumer;
    }

    /** Completes, on the consumer's thread, when all events that were committed at the start have been taken. */
    public CompletionStage<Void> whenCaughtUp() {
        return caughtUp.minimalCompletionStage();
    }

    /** What keeps it from going on right now, in one sentence; empty while it follows. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /**
     * How many offsets of each partition are committed and not taken yet, as of the last look; 0: it has them all. They
     * are more than the events, for the end of a transaction takes an offset too.
     */
    public Map<Integer, Long> lags() {
        return Map.copyOf(lags);
    }

    /** Ends the thread, interrupting the handler if it does not return. */
    @Override
    public void close() {
        closed.countDown();
        var consumer = open;
        if (consumer != null) {
            consumer.wakeup();
        }
        Stop.join(thread);
    }

    private void run() {
        var backoff = new Backoff(MAX_PAUSE);
        while (!isClosed()) {
            try (var consumer = new KafkaConsumer<>(
                    connection.clientProperties("events", ConsumerSettings.EVENTS),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer())) {
                follow(consumer, backoff);
            } catch (InterruptedException | InterruptException | WakeupException e) {
                if (!isClosed()) {
                    LOG.warn("Interrupted although nobody closed the consumer: going on", e);
                }
            } catch (OffsetOutOfRangeException e) {
                stop(
                        "Expected the next event where the log of " + Topics.KEY_EVENTS + " no longer has one: "
                                + e.offsetOutOfRangePartitions() + ". The topic was cut or made anew.",
                        e);
                pause(backoff);
            } catch (Exception | Error e) {
                // Of an Error too: a thread that ends in silence would look like one that follows.
                stop("Expected to follow " + Topics.KEY_EVENTS + ", but: " + e, e);
                pause(backoff);
            }
        }
        caughtUp.completeExceptionally(new IllegalStateException("The consumer of key-events was closed."));
    }

    private void follow(KafkaConsumer<byte[], byte[]> consumer, Backoff backoff) throws Exception {
        open = consumer;
        try {
            var loop = new EventLoop(consumer, reader, handler, next, lags, caughtUp, () -> {
                backoff.reset();
                problem = null;
            });
            loop.open(positions);
            while (!isClosed()) {
                loop.step();
            }
        } finally {
            open = null;
            // Only close() interrupts. Kafka's own closing would fail on the flag, and call it an error.
            Thread.interrupted();
        }
    }

    private void stop(String why, Throwable cause) {
        if (isClosed()) {
            return;
        }
        // Once for each outage: a log full of one sentence hides the others.
        if (problem == null) {
            LOG.atWarn().setCause(cause).log("Cannot follow the events for now, and try again: {}", why);
        }
        problem = why;
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void pause(Backoff backoff) {
        try {
            var _ = closed.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            // Only close() interrupts, and the loop looks at it.
        }
    }
}
