package io.keyledger.ingest.it;

import io.keyledger.event.Topics;
import io.keyledger.ingest.IngestServiceApplication;
import io.keyledger.ingest.edge.PushServer;
import io.keyledger.local.LocalBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A broker, a stand-in for the ledger, and one Collector on ports of its own. */
final class CollectorRig implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ConfigurableApplicationContext collector;
    private LocalBroker broker;
    final Ledger ledger;

    CollectorRig(Path directory, String... properties) throws Exception {
        broker = LocalBroker.start(directory.resolve("kafka"));
        ledger = new Ledger(broker.bootstrapServers());
        var all = new ArrayList<>(List.of(
                "--server.port=0",
                "--keyledger.push.port=0",
                "--keyledger.collector.id=collector-it",
                "--keyledger.collector.report-every=300ms",
                "--keyledger.kafka.bootstrap-servers=" + broker.bootstrapServers()));
        all.addAll(List.of(properties));
        if (all.stream().noneMatch(property -> property.startsWith("--keyledger.push.proof-wait="))) {
            // The usual 100 ms are for agents; a busy machine that runs tests may need longer for a proof.
            all.add("--keyledger.push.proof-wait=10s");
        }
        collector = SpringApplication.run(IngestServiceApplication.class, all.toArray(String[]::new));
        awaitUntil("the Collector is ready", () -> health().statusCode() == 200);
    }

    void stopBroker() {
        broker.close();
    }

    void startBroker() {
        broker = LocalBroker.start(broker.settings());
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** Where agents push. */
    int port() {
        return collector.getBean(PushServer.class).port();
    }

    HttpResponse<String> health() {
        return management("/actuator/health/readiness");
    }

    HttpResponse<String> management(String path) {
        var port = collector.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        var uri = URI.create("http://127.0.0.1:" + port + path);
        return send(HttpRequest.newBuilder(uri).build());
    }

    /** The memory that pushes hold now. */
    double inFlight() {
        return metric("keyledger_push_in_flight_bytes");
    }

    /** The value of a metric without labels; 0 if there is none. */
    double metric(String name) {
        return management("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    HttpResponse<String> push(String key, String lines) {
        return push("/api/v1/push", Map.of("X-API-Key", key), BodyPublishers.ofString(lines));
    }

    HttpResponse<String> push(String path, Map<String, String> headers, BodyPublisher body) {
        var request = HttpRequest.newBuilder(uri(path)).POST(body).timeout(PATIENCE);
        headers.forEach(request::header);
        return send(request.build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("No answer to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All records of a topic up to its end as of now. */
    List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "none"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(Duration.ofMillis(50)).forEach(records::add);
            }
            return records;
        }
    }

    /** The telemetry of one key, in the order of each partition. */
    List<String> telemetry(String keyId) {
        return records(Topics.TELEMETRY_INFLUX).stream()
                .filter(record -> header(record, "key-id").equals(keyId))
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    static void awaitUntil(String what, BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Expected that " + what + " within " + PATIENCE + ".");
            }
            Thread.sleep(20);
        }
    }

    @Override
    public void close() {
        collector.close();
        ledger.close();
        http.close();
        broker.close();
    }
}
