package io.keyledger.audit.ledger;

import io.keyledger.client.LedgerConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a small topic from its beginning to its committed end: the ledger's id, the schemas. */
final class LedgerTopicReader {

    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final LedgerConnection connection;

    LedgerTopicReader(LedgerConnection connection) {
        this.connection = connection;
    }

    /**
     * All records that are there; none if the topic is not there yet.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer in time
     */
    List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
        try (var consumer =
                new KafkaConsumer<>(properties(topic), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            long deadline = System.nanoTime() + WITHIN.toNanos();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("Expected to read " + topic + " within " + WITHIN + ".");
                }
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }

    private Map<String, Object> properties(String topic) {
        var properties = new HashMap<String, Object>(connection.properties());
        properties.put("bootstrap.servers", connection.bootstrapServers());
        properties.put("client.id", connection.clientId() + "-" + topic);
        properties.put("isolation.level", "read_committed");
        properties.put("auto.offset.reset", "none");
        properties.put("enable.auto.commit", "false");
        properties.put("allow.auto.create.topics", "false");
        properties.put("enable.metrics.push", "false");
        properties.put("default.api.timeout.ms", String.valueOf(WITHIN.toMillis()));
        return properties;
    }
}
