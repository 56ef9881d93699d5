package io.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClusterIT {
    private static final int DELAY_MS = 150;

    @TempDir
    private Path dir;

    @Test
    void whatAllMustHaveTakesAsLongAsTheSlowestFollower() throws Exception {
        var first = LocalBroker.Settings.ephemeral(dir.resolve("kafka"));
        try (var cluster = LocalCluster.start(first, Duration.ofMillis(DELAY_MS));
                var admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", cluster.bootstrapServers(), "acks", "all"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            // A leader that is the slow one itself waits for nobody slow.
            admin.createTopics(List.of(new NewTopic("led-by-first", Map.of(0, List.of(1, 2, 3)))))
                    .all()
                    .get();
            producer.send(record()).get();

            long begun = System.nanoTime();
            for (int i = 0; i < 3; i++) {
                producer.send(record()).get();
            }

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(3L * DELAY_MS / 2));
            var topics = admin.describeTopics(List.of("led-by-first"))
                    .allTopicNames()
                    .get();
            assertThat(topics.values())
                    .allSatisfy(topic ->
                            assertThat(topic.partitions().getFirst().isr()).hasSize(3));
        }
    }

    private static ProducerRecord<byte[], byte[]> record() {
        return new ProducerRecord<>("led-by-first", "value".getBytes(StandardCharsets.UTF_8));
    }
}
