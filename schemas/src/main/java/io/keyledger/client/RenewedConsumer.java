package io.keyledger.client;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer, and a new one in its place when it is stuck: Kafka's looks for leaders at the brokers that it is connected
 * to, so that it stays with a leader that is cut off from the others. A new one begins at any broker.
 */
final class RenewedConsumer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RenewedConsumer.class);
    private static final Duration LEAST_AGE = Duration.ofSeconds(3);
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final Supplier<Consumer<byte[], byte[]>> maker;
    private final Map<TopicPartition, Long> positions;
    private Set<TopicPartition> assigned = Set.of();
    private Set<TopicPartition> paused = Set.of();
    private @Nullable Consumer<byte[], byte[]> consumer;
    private long madeNanos;

    /**
     * Makes the first one.
     *
     * @param positions where a new one goes on
     */
    RenewedConsumer(Supplier<Consumer<byte[], byte[]>> maker, Map<TopicPartition, Long> positions) {
        this.maker = maker;
        this.positions = positions;
        get();
    }

    /**
     * The one there is, or the new one.
     *
     * @throws KafkaException if it cannot be made now
     */
    Consumer<byte[], byte[]> get() {
        var current = consumer;
        if (current == null) {
            current = maker.get();
            consumer = current;
            madeNanos = System.nanoTime();
            takeOver(current);
        }
        return current;
    }

    /** Gives up the one there is, unless it is new itself. */
    void renew() {
        var last = consumer;
        if (last == null || System.nanoTime() - madeNanos < LEAST_AGE.toNanos()) {
            return;
        }
        LOG.atWarn().log("Kafka tells of more than it gives: connecting anew");
        assigned = last.assignment();
        paused = last.paused();
        consumer = null;
        last.close(CloseOptions.timeout(CLOSE));
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close();
        }
    }

    private void takeOver(Consumer<byte[], byte[]> next) {
        next.assign(assigned);
        next.pause(paused);
        for (var partition : assigned) {
            var position = positions.get(partition);
            if (position != null) {
                next.seek(partition, position);
            }
        }
    }
}
