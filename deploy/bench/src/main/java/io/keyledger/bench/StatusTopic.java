package io.keyledger.bench;

import io.keyledger.event.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the Collectors' statuses put on the broker. */
final class StatusTopic implements AutoCloseable {

    private static final TopicPartition PARTITION = new TopicPartition(Topics.COLLECTOR_STATUS, 0);
    private static final int SAMPLE = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KafkaConsumer<byte[], byte[]> consumer;

    StatusTopic(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(PARTITION));
    }

    /** How many statuses have ever been written. */
    long end() {
        return consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
    }

    /** The mean size of the last statuses, in bytes: key, value and headers. */
    double bytesOfOne() {
        long end = end();
        consumer.seek(PARTITION, Math.max(0, end - SAMPLE));
        long bytes = 0;
        long records = 0;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(PARTITION) < end && System.nanoTime() < deadline) {
            for (var record : consumer.poll(Duration.ofMillis(100))) {
                bytes += bytes(record);
                records++;
            }
        }
        if (records == 0) {
            throw new IllegalStateException("Expected statuses of Collectors, but there are none.");
        }
        return (double) bytes / records;
    }

    private static long bytes(ConsumerRecord<byte[], byte[]> record) {
        long bytes = (long) record.serializedKeySize() + record.serializedValueSize();
        for (var header : record.headers()) {
            bytes += header.key().length() + header.value().length;
        }
        return bytes;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
