package io.keyledger.key.ledger.streams;

import io.keyledger.event.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Keeps all instances of a generation out while it lasts: it is the group's only member, of another protocol than Kafka
 * Streams', so that the broker refuses who comes. Commits that name {@link #member} fail if it did not last.
 */
final class GroupHold implements AutoCloseable {

    /** An instance that was stopped stays a member until its session ends. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration JOINED_WITHIN = Duration.ofSeconds(30);

    private final KafkaConsumer<byte[], byte[]> consumer;

    private GroupHold(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /**
     * Waits for the sessions of instances that were stopped, and takes the group.
     *
     * @throws LedgerRefusesException if an instance is alive
     */
    static GroupHold take(KafkaProperties kafka, LedgerAdmin admin, LedgerGeneration generation) {
        var group = generation.applicationId();
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var members = admin.members(group);
        while (!members.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new LedgerRefusesException("Expected the ledger to stand still, but it runs: " + members
                        + " of group " + group + ". Stop all instances of key-service first.");
            }
            LedgerAdmin.sleep(LOOK);
            members = admin.members(group);
        }
        var consumer = consumer(kafka, group);
        try {
            join(consumer, group);
            return new GroupHold(consumer);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** Who holds the group. */
    ConsumerGroupMetadata member() {
        return consumer.groupMetadata();
    }

    /** Leaves the group at once. */
    @Override
    public void close() {
        consumer.close();
    }

    private static void join(KafkaConsumer<byte[], byte[]> consumer, String group) {
        consumer.subscribe(List.of(Topics.KEY_COMMANDS));
        var deadline = System.nanoTime() + JOINED_WITHIN.toNanos();
        while (consumer.assignment().isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("Expected to join group " + group + ", but it takes too long.");
            }
            consumer.poll(LOOK);
        }
        consumer.pause(consumer.assignment());
    }

    private static KafkaConsumer<byte[], byte[]> consumer(KafkaProperties kafka, String group) {
        return new KafkaConsumer<>(
                kafka.client(
                        "keyledger-rebuild-hold",
                        Map.of(
                                "group.id",
                                group,
                                "enable.auto.commit",
                                false,
                                "auto.offset.reset",
                                "earliest",
                                // As the ledger's: of one that was killed the next need not wait for longer.
                                "session.timeout.ms",
                                6_000,
                                // Its thread of heartbeats is what holds the group: nobody polls.
                                "max.poll.interval.ms",
                                Integer.MAX_VALUE)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
