package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.key.KeyServiceApplication;
import io.keyledger.local.LocalBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A broker with a ledger of many keys, and processes of key-service on it. */
record LargeLedger(LocalBroker broker, Path dir) implements AutoCloseable {

    static final String OWNER_TOKEN = "tc-apiv1_" + "0".repeat(56) + "b1c2d3e4";
    static final String OPERATOR_TOKEN = "operator-of-the-restart";

    /** The one of the folder, or a new one of so many keys. */
    static LargeLedger start(Path dir, int keys) throws Exception {
        var isNew = !Files.exists(dir.resolve("broker"));
        var ledger = new LargeLedger(LocalBroker.start(dir.resolve("broker")), dir);
        if (isNew) {
            TestNode.prepare(ledger.broker.bootstrapServers());
            new ManyKeys(TestNode.kafka(ledger.broker.bootstrapServers())).write(keys);
            assertThat(ledger.java("rebuild", "state", "--rebuild").waitFor()).isZero();
        }
        return ledger;
    }

    /** A process of key-service that listens there, and keeps its stores in that folder. */
    Process service(String name, int port, String state, String... more) throws IOException {
        var arguments = new ArrayList<>(List.of(more));
        arguments.add("--server.port=" + port);
        return java(name, state, arguments.toArray(String[]::new));
    }

    /** Posts the name of something new. */
    static HttpResponse<String> post(HttpClient http, int port, String path, String token, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(15))
                .header("X-API-Key", token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"" + UUID.randomUUID() + "\"}"));
        if (headers.length > 0) {
            request.headers(headers).POST(BodyPublishers.noBody());
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private Process java(String name, String state, String... arguments) throws IOException {
        // As deploy/up starts it, with room for a million keys.
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=1",
                "-Xmx1g",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                KeyServiceApplication.class.getName(),
                "--keyledger.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                "--keyledger.ledger.partitions=" + TestNode.PARTITIONS,
                "--keyledger.ledger.state-dir=" + dir.resolve(state),
                "--keyledger.keyset.file=" + dir.resolve("keyset.json"),
                "--keyledger.owner-token=" + OWNER_TOKEN,
                "--keyledger.operator-token=" + OPERATOR_TOKEN,
                // Nobody listens there: neither is needed for a change.
                "--keyledger.registry.url=http://127.0.0.1:1/",
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve(name + ".log").toFile())
                .start();
    }

    @Override
    public void close() {
        broker.close();
    }
}
