package io.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The supervisor with the real broker, PostgreSQL and registry; the services, which this module cannot know, are stand-ins. */
@Timeout(180)
class SuiteIT {
    private static final List<String> SERVICES = List.of("key-service", "ingest-service", "audit-service");
    private static final List<String> CHILDREN =
            List.of("broker", "registry", "key-service", "ingest-service", "audit-service");

    @TempDir
    private Path data;

    private final List<Process> suites = new ArrayList<>();
    private final Map<SuitePort, Integer> ports = new HashMap<>();

    @BeforeEach
    void standIns() throws IOException {
        for (String service : SERVICES) {
            StandIn.writeJar(data.resolve("app").resolve(service).resolve(service + ".jar"));
        }
        for (SuitePort port : SuitePort.values()) {
            ports.put(port, Ports.free());
        }
    }

    @AfterEach
    void leaveNothing() throws Exception {
        for (Process suite : suites) {
            suite.destroyForcibly().waitFor();
        }
        Process mending = suite("--mend");
        assertThat(mending.waitFor()).isZero();
    }

    @Test
    void startsAgainWhatCrashesMendsWhatAKillLeftAndStopsCleanly() throws Exception {
        Process first = suite();
        until(first, this::isReady);
        String ownerToken = Files.readString(data.resolve("owner-token")).strip();
        assertThat(output()).containsOnlyOnce(ownerToken).contains("--data-binary", "the-global-key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("owner-token"))))
                .isEqualTo("rw-------");

        Map<String, ProcessHandle> before = running();
        before.values().forEach(ProcessHandle::destroyForcibly);
        until(first, () -> {
            Map<String, ProcessHandle> now = running();
            return now.size() == before.size()
                    && now.entrySet().stream().noneMatch(one -> one.getValue().equals(before.get(one.getKey())))
                    && answers();
        });
        before.keySet().forEach(part -> assertThat(output()).containsPattern("✗ " + part + " .*starting it again"));

        Map<String, ProcessHandle> orphans = running();
        first.destroyForcibly().waitFor();
        Process second = suite();
        until(second, this::isReady);
        assertThat(orphans.values()).noneMatch(Processes::isRunning);
        orphans.keySet().forEach(part -> assertThat(output()).contains("Ended " + part + ", which a killed run"));
        assertThat(output()).doesNotContain(ownerToken).doesNotContain("the-global-key");

        assertThat(suite().waitFor()).isEqualTo(3);

        Map<String, ProcessHandle> last = running();
        second.destroy();
        second.waitFor();
        assertThat(last.values()).hasSize(6).noneMatch(Processes::isRunning);
        assertThat(ports.values()).allMatch(Ports::isFree);
    }

    private Process suite(String... options) throws IOException {
        var command = new ArrayList<>(List.of(
                Processes.java(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=io/keyledger/local/suite-logback.xml",
                "-D" + LocalRegistry.HOME_PROPERTY + "=" + LocalRegistry.home(),
                "-cp",
                System.getProperty("java.class.path"),
                Suite.class.getName()));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KEYLEDGER_DATA", data.toString());
        ports.forEach((port, number) -> builder.environment().put(port.variable(), number.toString()));
        builder.redirectOutput(
                Redirect.to(data.resolve("suite-" + suites.size() + ".out").toFile()));
        Process suite = builder.start();
        suites.add(suite);
        return suite;
    }

    private Map<String, ProcessHandle> running() {
        var running = new HashMap<String, ProcessHandle>();
        for (String part : CHILDREN) {
            new PidFile(data.resolve("run").resolve(part + ".pid"))
                    .process()
                    .ifPresent(process -> running.put(part, process));
        }
        new PostgresDirectory(data.resolve("postgres"))
                .postmaster()
                .ifPresent(process -> running.put("postgres", process));
        return running;
    }

    private boolean isReady() {
        return read("run/state").equals("ready\n") && output().contains("Keyledger is ready");
    }

    private boolean answers() {
        return KafkaProbe.answers(port(SuitePort.KAFKA))
                && Http.isOk(URI.create("http://127.0.0.1:" + port(SuitePort.REGISTRY_MANAGEMENT) + "/health/ready"))
                && Http.isOk(URI.create("http://127.0.0.1:" + port(SuitePort.KEY_SERVICE) + "/"));
    }

    private int port(SuitePort port) {
        return ports.getOrDefault(port, 0);
    }

    /** Of the suite that was started last. */
    private String output() {
        return read("suite-" + (suites.size() - 1) + ".out");
    }

    private String read(String file) {
        try {
            return Files.readString(data.resolve(file));
        } catch (IOException e) {
            return "";
        }
    }

    private void until(Process suite, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            assertThat(suite.isAlive()).as(output()).isTrue();
            Processes.pause(Duration.ofMillis(100));
        }
    }
}
