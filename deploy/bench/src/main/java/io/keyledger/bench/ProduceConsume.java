package io.keyledger.bench;

import io.keyledger.event.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The floor of every figure: what the broker alone takes from a send with acks=all to a read-committed reader. */
final class ProduceConsume {

    private static final long PERIOD_NANOS = Duration.ofMillis(20).toNanos();
    private static final int BYTES = 200;

    private ProduceConsume() {}

    /** Measures so many at 50 a second, after a quarter of them that is not counted. */
    static Times measure(String bootstrapServers, int count) throws InterruptedException, ExecutionException {
        var times = new long[count];
        var partition = new TopicPartition(Topics.TELEMETRY_INFLUX, 0);
        try (var consumer = new KafkaConsumer<>(
                        Map.<String, Object>of(
                                "bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 0),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            consumer.position(partition);
            for (int i = -count / 4; i < count; i++) {
                long start = System.nanoTime();
                var value = ByteBuffer.allocate(BYTES).putLong(start).array();
                var sent = producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), null, value));
                await(consumer, start);
                long took = System.nanoTime() - start;
                sent.get();
                if (i >= 0) {
                    times[i] = took;
                }
                LockSupport.parkNanos(start + PERIOD_NANOS - System.nanoTime());
            }
        }
        return Times.of(times);
    }

    private static void await(KafkaConsumer<byte[], byte[]> consumer, long sent) {
        boolean isSeen = false;
        while (!isSeen) {
            for (var record : consumer.poll(Duration.ofSeconds(1))) {
                isSeen |= ByteBuffer.wrap(record.value()).getLong() == sent;
            }
        }
    }
}
