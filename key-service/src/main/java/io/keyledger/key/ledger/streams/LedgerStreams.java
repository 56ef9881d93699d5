package io.keyledger.key.ledger.streams;

import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** The ledger's Kafka Streams in this process. */
final class LedgerStreams implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final LedgerProperties ledger;
    private final KafkaProperties kafka;
    private final FatalEnd end;
    private volatile @Nullable KafkaStreams streams;
    private volatile boolean closing;

    LedgerStreams(LedgerProperties ledger, KafkaProperties kafka, FatalEnd end) {
        this.ledger = ledger;
        this.kafka = kafka;
        this.end = end;
    }

    /** Starts with the stores of that generation; partitions come when the group has agreed. */
    void start(LedgerGeneration generation, LedgerParts parts) {
        var topology = new LedgerTopology(parts, Stores::persistentKeyValueStore).get();
        var started =
                new KafkaStreams(topology, LedgerStreamsSettings.of(generation, ledger, kafka), new LedgerClients());
        // A replaced thread would take another instance id, and leave the dead one its partitions.
        started.setUncaughtExceptionHandler(e -> {
            end.because(
                    e.getCause() instanceof LedgerRefusesException refused
                            ? "" + refused.getMessage()
                            : "the ledger's Kafka Streams failed for good; start it again.",
                    e);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        started.setStateListener((state, before) -> {
            if (state == State.ERROR && !closing) {
                end.because(
                        "the ledger's Kafka Streams stopped, coming from " + before + "; start it again.",
                        new IllegalStateException("Kafka Streams is in state " + state));
            }
        });
        streams = started;
        started.start();
    }

    /** Whether it works, or is about to get its partitions. */
    boolean running() {
        var started = streams;
        return started != null && started.state() == State.RUNNING;
    }

    /** Whether the task of that partition is one of this process. */
    boolean owns(int partition) {
        var started = streams;
        return started != null
                && started.metadataForLocalThreads().stream()
                        .flatMap(thread -> thread.activeTasks().stream())
                        .anyMatch(task -> task.taskId().partition() == partition);
    }

    /** Its state, for people. */
    String state() {
        var started = streams;
        return started == null ? "NOT_STARTED" : started.state().name();
    }

    @Override
    public void close() {
        closing = true;
        var started = streams;
        if (started != null) {
            // Without leaving the group: who comes back soon under the same id has its partitions at once.
            started.close(CLOSE_TIMEOUT);
        }
    }
}
