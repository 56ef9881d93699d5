package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.key.KeyServiceApplication;
import io.keyledger.local.LocalBroker;
import io.keyledger.local.Ports;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A killed service answers again, and how long that took is printed. A small ledger, unless a large one is asked for
 * ({@code -Dkeyledger.restart.keys=1000000}); README.md has the command.
 */
class RestartIT {

    private static final int KEYS = Integer.getInteger("keyledger.restart.keys", 4_000);
    private static final int KILLS = Integer.getInteger("keyledger.restart.kills", 1);
    private static final int PORT = Ports.free();
    private static final String OWNER_TOKEN = "tc-apiv1_" + "0".repeat(56) + "b1c2d3e4";
    private static final String OPERATOR_TOKEN = "operator-of-the-restart";
    /** So many that each partition has one of them. */
    private static final int TOUCHED = 24;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private static Path temporary;

    /** A folder that is named is kept, and its ledger used again: to make a large one takes minutes. */
    private final Path dir = Path.of(System.getProperty("keyledger.restart.dir", temporary.toString()));

    @Test
    void aKilledLedgerAnswersAgain() throws Exception {
        var isNew = !Files.exists(dir.resolve("broker"));
        try (var broker = LocalBroker.start(dir.resolve("broker"));
                var http = HttpClient.newHttpClient()) {
            if (isNew) {
                make(broker);
            }
            var service = service(broker, 0);
            try {
                untilAnswered(http);
                for (int kill = 1; kill <= KILLS; kill++) {
                    touchAll(http);
                    assertThat(checkpoints()).isEmpty();
                    service.destroyForcibly().waitFor();
                    var killed = System.nanoTime();
                    service = service(broker, kill);
                    untilAnswered(http);
                    print(kill, Duration.ofNanos(System.nanoTime() - killed), service);
                }
            } finally {
                service.destroyForcibly().waitFor();
            }
        }
    }

    private void make(LocalBroker broker) throws Exception {
        TestNode.prepare(broker.bootstrapServers());
        new ManyKeys(TestNode.kafka(broker.bootstrapServers())).write(KEYS);
        assertThat(java(broker, "rebuild", "--rebuild").waitFor()).isZero();
    }

    /** What has had a command since its start is restored as a whole after a kill. */
    private static void touchAll(HttpClient http) throws Exception {
        for (int i = 0; i < TOUCHED; i++) {
            assertThat(post(http, "/api/v1/organizations", OPERATOR_TOKEN)).isEqualTo(201);
        }
    }

    /** With one, the stores would be taken for whole after the kill, uncommitted writes included. */
    private List<Path> checkpoints() throws IOException {
        try (var files = Files.walk(dir.resolve("state"))) {
            return files.filter(file -> file.endsWith(LedgerProcessor.CHECKPOINT))
                    .toList();
        }
    }

    /** A System of a new name is registered, as soon as anybody listens. */
    private static void untilAnswered(HttpClient http) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isAnswered(http)) {
            assertThat(System.nanoTime()).as("the time").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    private static boolean isAnswered(HttpClient http) throws InterruptedException {
        try {
            return post(http, "/api/v1/systems", OWNER_TOKEN) == 201;
        } catch (IOException _) {
            return false;
        }
    }

    private static int post(HttpClient http, String path, String token) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + path))
                .timeout(Duration.ofSeconds(15))
                .header("X-API-Key", token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"" + UUID.randomUUID() + "\"}"))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    private Process service(LocalBroker broker, int number) throws IOException {
        return java(broker, "service-" + number, "--server.port=" + PORT);
    }

    private Process java(LocalBroker broker, String name, String argument) throws IOException {
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
                argument,
                "--keyledger.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                "--keyledger.ledger.partitions=" + TestNode.PARTITIONS,
                "--keyledger.ledger.state-dir=" + dir.resolve("state"),
                "--keyledger.keyset.file=" + dir.resolve("keyset.json"),
                "--keyledger.owner-token=" + OWNER_TOKEN,
                "--keyledger.operator-token=" + OPERATOR_TOKEN,
                // Nobody listens there: neither is needed for a change.
                "--keyledger.registry.url=http://127.0.0.1:1/",
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve(name + ".log").toFile())
                .start();
    }

    private static void print(int kill, Duration took, Process service) {
        System.out.printf(
                "%d keys, kill %d: %.1f s to the first answer, %.1f s of the service's CPU, load %.1f%n",
                KEYS,
                kill,
                took.toMillis() / 1e3,
                service.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
