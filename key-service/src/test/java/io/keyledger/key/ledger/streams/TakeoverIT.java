package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.local.Ports;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Of two instances one is killed while all organizations change their keys: the other goes on with all of them, nothing
 * that was answered is lost, and nothing is applied twice. How long it took is printed; README.md has the command.
 */
class TakeoverIT {

    private static final int KEYS = Integer.getInteger("keyledger.takeover.keys", 4_000);
    private static final int STANDBYS = Integer.getInteger("keyledger.takeover.standbys", 1);
    private static final Duration LOAD = Duration.ofSeconds(Integer.getInteger("keyledger.takeover.load-seconds", 5));
    /** So many that each partition has one of them. */
    private static final int ORGANIZATIONS = 16;

    /** Where Kafka Streams keeps the stores of a partition. */
    private static final Pattern TASK = Pattern.compile("\\d+_\\d+");

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String REGENERATE = "/api/v1/collector-keys/global/regenerate";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private static Path temporary;

    private final int killedPort = Ports.free();
    private final int survivorPort = Ports.free();
    private final CountDownLatch answered = new CountDownLatch(ORGANIZATIONS);
    private volatile long killedNanos;
    private volatile boolean isKilled;

    @Test
    void theOtherInstanceGoesOnWithAllOrganizations() throws Exception {
        var dir = Path.of(System.getProperty("keyledger.takeover.dir", temporary.toString()));
        try (var ledger = LargeLedger.start(dir, KEYS);
                var http = HttpClient.newHttpClient()) {
            var killed = service(ledger, "killed", killedPort);
            var survivor = service(ledger, "survivor", survivorPort);
            try {
                var clients = new ArrayList<Client>();
                for (int i = 0; i < ORGANIZATIONS; i++) {
                    clients.add(new Client(http, made(http, i % 2 == 0 ? killedPort : survivorPort)));
                }
                var running = clients.stream()
                        .map(client -> Thread.ofVirtual().start(client))
                        .toList();
                Thread.sleep(LOAD);
                if (STANDBYS > 0) {
                    awaitCopies(dir.resolve("state-killed"));
                    awaitCopies(dir.resolve("state-survivor"));
                }
                killed.destroyForcibly().waitFor();
                killedNanos = System.nanoTime();
                isKilled = true;
                for (var client : running) {
                    assertThat(client.join(PATIENCE)).isTrue();
                }
                assertThat(clients)
                        .allSatisfy(client -> assertThat(client.wrong).isEmpty());
                assertThat(clients)
                        .allSatisfy(client -> assertThat(client.tookNanos).isPositive());
                print(clients);
            } finally {
                killed.destroyForcibly().waitFor();
                survivor.destroyForcibly().waitFor();
            }
        }
    }

    /** Until an instance has stores of each partition, its own or the other's. */
    private static void awaitCopies(Path state) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        for (long copies = 0; copies < TestNode.PARTITIONS; Thread.sleep(100)) {
            assertThat(System.nanoTime()).as("%s: %d copies", state, copies).isLessThan(deadline);
            try (var found = Files.find(
                    state,
                    2,
                    (path, _) -> TASK.matcher(path.getFileName().toString()).matches())) {
                copies = found.count();
            }
        }
    }

    private static Process service(LargeLedger ledger, String name, int port) throws IOException {
        return ledger.service(
                name,
                port,
                "state-" + name,
                "--keyledger.ledger.instance-id=" + name,
                "--keyledger.ledger.standbys=" + STANDBYS);
    }

    /** Its Owner's token, as soon as anybody answers. */
    private static String made(HttpClient http, int port) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            assertThat(System.nanoTime()).as("the time").isLessThan(deadline);
            try {
                var made = LargeLedger.post(http, port, "/api/v1/organizations", LargeLedger.OPERATOR_TOKEN);
                if (made.statusCode() == 201) {
                    return JsonMapper.shared()
                            .readTree(made.body())
                            .at("/ownerToken")
                            .asString();
                }
            } catch (IOException _) {
                // Nobody listens yet.
            }
            Thread.sleep(50);
        }
    }

    private static void print(List<Client> clients) {
        System.out.printf(
                "%d keys, %d standbys: %.1f s from the kill until the last of %d organizations was answered"
                        + " (the first after %.1f s), %d changes%n",
                KEYS,
                STANDBYS,
                clients.stream().mapToLong(client -> client.tookNanos).max().orElse(0) / 1e9,
                ORGANIZATIONS,
                clients.stream().mapToLong(client -> client.tookNanos).min().orElse(0) / 1e9,
                clients.stream().mapToInt(client -> client.version - 1).sum());
    }

    /**
     * Regenerates a key again and again, each time with a key of its own until it is answered: then the version is one
     * higher than before. Lower, and an answered change was lost; higher, and one was applied twice.
     */
    private final class Client implements Runnable {

        private final HttpClient http;
        private final String token;
        private int version = 1;
        private long tookNanos;
        private String wrong = "";

        Client(HttpClient http, String token) {
            this.http = http;
            this.token = token;
        }

        @Override
        public void run() {
            try {
                // Until all have been answered after the kill, and once more: what an answer says must hold after it.
                while (wrong.isEmpty() && answered.getCount() > 0) {
                    change();
                }
                change();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void change() throws InterruptedException {
            boolean isAfter = isKilled;
            int found = regenerated(UUID.randomUUID().toString());
            if (found != version + 1) {
                wrong = "Expected version " + (version + 1) + ", but it is " + found;
            }
            version = found;
            if (isAfter && tookNanos == 0) {
                tookNanos = System.nanoTime() - killedNanos;
                answered.countDown();
            }
        }

        private int regenerated(String idempotencyKey) throws InterruptedException {
            while (true) {
                try {
                    var answer =
                            LargeLedger.post(http, survivorPort, REGENERATE, token, "Idempotency-Key", idempotencyKey);
                    if (answer.statusCode() == 200) {
                        return JsonMapper.shared()
                                .readTree(answer.body())
                                .at("/version")
                                .asInt();
                    }
                } catch (IOException _) {
                    // To be asked again.
                }
                Thread.sleep(20);
            }
        }
    }
}
