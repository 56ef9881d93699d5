package io.keyledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.audit.chain.Evidence;
import io.keyledger.audit.record.SampleLedger;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SystemId;
import io.keyledger.local.LocalBroker;
import io.keyledger.local.LocalPostgres;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The service as a process of its own, with the heap that {@code deploy/up} gives it, killed with SIGKILL while it records.
 * A long run: {@code -Dkeyledger.kills=50}; a run again: {@code -Dkeyledger.seed=…}.
 */
class KillIT {

    private static final int PARTITIONS = 2;
    private static final int EVENTS_A_LIFE = 120;
    private static final int KILLS = Integer.getInteger("keyledger.kills", 2);
    private static final long SEED = Long.getLong("keyledger.seed", System.nanoTime());

    @TempDir
    Path directory;

    @Test
    void recordsEveryEventOnceHoweverOftenItIsKilled() throws Exception {
        var random = new Random(SEED);
        try (var broker = LocalBroker.start(directory.resolve("kafka"));
                var postgres = LocalPostgres.start(directory.resolve("postgres"));
                var kafka = new SuiteKafka(broker.bootstrapServers(), PARTITIONS)) {
            var jdbc = JdbcClient.create(postgres.dataSource(LocalPostgres.AUDIT_DATABASE));
            var ledger = new SampleLedger();
            int written = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                var process = start(broker, postgres);
                try {
                    long before = written;
                    // What follows is written while it records what came before.
                    kafka.events(events(ledger, written, EVENTS_A_LIFE / 2));
                    written += EVENTS_A_LIFE / 2;
                    awaitMore(jdbc, process, before);
                    for (int i = 0; i < EVENTS_A_LIFE / 2; i += 3) {
                        kafka.events(events(ledger, written, 3));
                        written += 3;
                        if (i == random.nextInt(EVENTS_A_LIFE / 2)) {
                            process.destroyForcibly();
                        }
                    }
                    Eventually.pause(Duration.ofMillis(random.nextInt(30)));
                } finally {
                    process.destroyForcibly().waitFor();
                }
            }
            var process = start(broker, postgres);
            try {
                awaitMore(jdbc, process, written - 1L);
                System.out.printf(
                        "KillIT: seed %d, %d kills, %d events, %s%n", SEED, KILLS, written, residentMemory(process));
            } finally {
                process.destroy();
                assertThat(process.waitFor(20, TimeUnit.SECONDS))
                        .as("it ends when asked")
                        .isTrue();
            }

            assertThat(count(jdbc)).as("seed %s", SEED).isEqualTo(written);
            assertThat(jdbc.sql("SELECT count(*) FROM alarm").query(Long.class).single())
                    .isZero();
            var verify = java("--verify", postgres, broker).start();
            assertThat(verify.waitFor()).as("seed %s: %s", SEED, log()).isZero();
            assertThat(log()).contains("\"events\" : " + written).contains("\"findingsInAll\" : 0");

            var owner = postgres.dataSource(LocalPostgres.AUDIT_DATABASE);
            var tamper = JdbcClient.create(owner);
            tamper.sql("ALTER TABLE event DISABLE TRIGGER append_only").update();
            tamper.sql("UPDATE event SET body = body || '\\x00' WHERE revision = 7 AND partition = 0")
                    .update();
            assertThat(java("--verify", postgres, broker).start().waitFor()).isEqualTo(1);
        }
    }

    @Test
    void refusesALedgerOfAnotherSizeAndSaysWhy() throws Exception {
        try (var broker = LocalBroker.start(directory.resolve("kafka"));
                var postgres = LocalPostgres.start(directory.resolve("postgres"));
                var _ = new SuiteKafka(broker.bootstrapServers(), PARTITIONS)) {
            var process =
                    java("--server.port=0", postgres, broker, PARTITIONS + 1).start();
            try {
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
                assertThat(process.exitValue()).isEqualTo(1);
                assertThat(log()).contains("partitions").contains(String.valueOf(PARTITIONS + 1));
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private Process start(LocalBroker broker, LocalPostgres postgres) throws IOException {
        return java("--server.port=0", postgres, broker).start();
    }

    private ProcessBuilder java(String argument, LocalPostgres postgres, LocalBroker broker) {
        return java(argument, postgres, broker, PARTITIONS);
    }

    private ProcessBuilder java(String argument, LocalPostgres postgres, LocalBroker broker, int partitions) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        java,
                        "-Xmx160m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        AuditServiceApplication.class.getName(),
                        argument,
                        "--spring.datasource.url=" + postgres.jdbcUrl(LocalPostgres.AUDIT_DATABASE),
                        "--keyledger.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                        "--keyledger.ledger.partitions=" + partitions)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(logFile()));
    }

    private File logFile() {
        return directory.resolve("audit.log").toFile();
    }

    private String log() throws IOException {
        return Files.readString(logFile().toPath());
    }

    private static List<Evidence> events(SampleLedger ledger, int from, int count) {
        var events = new ArrayList<Evidence>();
        for (int i = from; i < from + count; i++) {
            var system = new KeyEvent.SystemRegistered(new SystemId(new UUID(0, i)), "system " + i);
            events.add(ledger.write(i % PARTITIONS, new OrganizationId(new UUID(7, i % PARTITIONS)), system));
        }
        return events;
    }

    private void awaitMore(JdbcClient jdbc, Process process, long than) {
        Eventually.await("more than " + than + " events are recorded", () -> {
            assertThat(process.isAlive()).as("see %s", logFile()).isTrue();
            return count(jdbc) > than;
        });
    }

    private static long count(JdbcClient jdbc) {
        try {
            return jdbc.sql("SELECT count(*) FROM event").query(Long.class).single();
        } catch (DataAccessException _) {
            // The table is not made yet.
            return -1;
        }
    }

    private static String residentMemory(Process process) throws IOException {
        var status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.exists(status)) {
            return "resident memory unknown";
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS")).findFirst().orElse("");
        }
    }
}
