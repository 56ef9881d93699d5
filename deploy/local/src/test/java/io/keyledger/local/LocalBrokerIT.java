package io.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerIT {
    private static final TopicPartition TOPIC = new TopicPartition("kept", 0);

    @TempDir
    private Path dir;

    @Test
    void keepsTransactionsOverARestartOnTheSamePort() throws Exception {
        LocalBroker first = LocalBroker.start(dir);
        create(first);
        send(first, "committed", true);
        send(first, "aborted", false);
        first.close();

        try (LocalBroker again = LocalBroker.start(first.settings())) {
            assertThat(again.bootstrapServers()).isEqualTo(first.bootstrapServers());
            send(again, "after", true);
            assertThat(read(again)).containsExactly("committed", "after");
        }
        assertThat(Ports.isFree(first.settings().port())).isTrue();
    }

    private static void create(LocalBroker broker) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC.topic(), Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private static void send(LocalBroker broker, String value, boolean commit)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "one");
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC.topic(), "key", value)).get(10, TimeUnit.SECONDS);
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private static List<String> read(LocalBroker broker) {
        Map<String, Object> config =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(TOPIC));
            consumer.seekToBeginning(List.of(TOPIC));
            long end = consumer.endOffsets(List.of(TOPIC)).getOrDefault(TOPIC, 0L);
            var values = new ArrayList<String>();
            while (consumer.position(TOPIC) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }
}
