package io.keyledger.key.ledger.streams;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;

/** A topic that is read as a whole, from its beginning to where its committed end is now. */
final class WholeTopic {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final KafkaProperties kafka;
    private final String topic;
    private final List<TopicPartition> partitions;

    WholeTopic(KafkaProperties kafka, String topic, int partitions) {
        this.kafka = kafka;
        this.topic = topic;
        this.partitions = IntStream.range(0, partitions)
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
    }

    /**
     * Reads all committed records, in the order of each partition.
     *
     * @throws TimeoutException if nothing comes for ten seconds
     */
    void read(Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        try (var reader = new CommittedReader(kafka, "keyledger-read-" + topic)) {
            reader.read(partitions, 0, handler);
        }
    }

    /** The last record of each partition that has one. */
    Map<Integer, ConsumerRecord<byte[], byte[]>> last() {
        try (var reader = new CommittedReader(kafka, "keyledger-read-" + topic)) {
            return reader.last(partitions);
        }
    }

    /** Appends records to the first partition; returns when all replicas have them. */
    void append(Map<Bytes, byte[]> records) throws InterruptedException, ExecutionException {
        var settings = Map.<String, Object>of(
                "acks",
                "all",
                "max.block.ms",
                TIMEOUT.toMillis(),
                "request.timeout.ms",
                (int) TIMEOUT.toMillis() / 2,
                "delivery.timeout.ms",
                (int) TIMEOUT.toMillis());
        try (var producer = new KafkaProducer<>(
                kafka.client("keyledger-start-" + topic, settings),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (var record : records.entrySet()) {
                producer.send(new ProducerRecord<>(topic, 0, record.getKey().get(), record.getValue()))
                        .get();
            }
        }
    }
}
