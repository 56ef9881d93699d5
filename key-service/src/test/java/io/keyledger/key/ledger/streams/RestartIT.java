package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.local.Ports;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
        try (var ledger = LargeLedger.start(dir, KEYS);
                var http = HttpClient.newHttpClient()) {
            var service = service(ledger, 0);
            try {
                untilAnswered(http);
                for (int kill = 1; kill <= KILLS; kill++) {
                    touchAll(http);
                    assertThat(checkpoints()).isEmpty();
                    service.destroyForcibly().waitFor();
                    var killed = System.nanoTime();
                    service = service(ledger, kill);
                    untilAnswered(http);
                    print(kill, Duration.ofNanos(System.nanoTime() - killed), service);
                }
            } finally {
                service.destroyForcibly().waitFor();
            }
        }
    }

    /** What has had a command since its start is restored as a whole after a kill. */
    private static void touchAll(HttpClient http) throws Exception {
        for (int i = 0; i < TOUCHED; i++) {
            assertThat(LargeLedger.post(http, PORT, "/api/v1/organizations", LargeLedger.OPERATOR_TOKEN)
                            .statusCode())
                    .isEqualTo(201);
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
            return LargeLedger.post(http, PORT, "/api/v1/systems", LargeLedger.OWNER_TOKEN)
                            .statusCode()
                    == 201;
        } catch (IOException _) {
            return false;
        }
    }

    private static Process service(LargeLedger ledger, int number) throws IOException {
        return ledger.service("service-" + number, PORT, "state");
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
