package io.keyledger.key.ledger.streams;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads partitions as far as they are committed now, one call after the other. */
final class CommittedReader implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int MAX_POLL_RECORDS = 10_000;
    private static final int TAIL = 16;

    private final KafkaConsumer<byte[], byte[]> consumer;

    CommittedReader(KafkaProperties kafka, String clientId) {
        var settings = Map.<String, Object>of(
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "allow.auto.create.topics",
                false,
                "max.poll.records",
                MAX_POLL_RECORDS,
                // At the end of one partition the broker must not hold up the reading of the next.
                "fetch.max.wait.ms",
                1,
                "default.api.timeout.ms",
                (int) TIMEOUT.toMillis());
        consumer = new KafkaConsumer<>(
                kafka.client(clientId, settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Reads all records from an offset on, in the order of each partition.
     *
     * @throws TimeoutException if nothing comes for ten seconds
     */
    void read(Collection<TopicPartition> partitions, long from, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        consumer.assign(partitions);
        if (from == 0) {
            consumer.seekToBeginning(partitions);
        } else {
            partitions.forEach(partition -> consumer.seek(partition, from));
        }
        readTo(consumer.endOffsets(partitions), handler);
    }

    /** The last record of each partition that has one. */
    Map<Integer, ConsumerRecord<byte[], byte[]>> last(List<TopicPartition> partitions) {
        consumer.assign(partitions);
        var begins = consumer.beginningOffsets(partitions);
        var ends = consumer.endOffsets(partitions);
        var last = new HashMap<Integer, ConsumerRecord<byte[], byte[]>>();
        var open = partitions;
        // Markers and what was aborted take offsets too: further back, until something is found.
        for (long tail = TAIL; !open.isEmpty(); tail *= TAIL) {
            for (var partition : open) {
                consumer.seek(partition, Math.max(at(begins, partition), at(ends, partition) - tail));
            }
            readTo(ends, record -> last.put(record.partition(), record));
            var reached = tail;
            open = open.stream()
                    .filter(partition -> !last.containsKey(partition.partition())
                            && at(begins, partition) < at(ends, partition) - reached)
                    .toList();
        }
        return last;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void readTo(Map<TopicPartition, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        var deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            var records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                deadline = System.nanoTime() + TIMEOUT.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new TimeoutException("Expected to read " + ends.keySet() + " to the end, but nothing comes.");
            }
            records.forEach(handler);
        }
    }

    private static long at(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return offsets.getOrDefault(partition, 0L);
    }
}
