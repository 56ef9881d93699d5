package io.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SupervisorTest {
    private static final Duration PAUSE = Duration.ofMillis(1);

    private final List<String> happened = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void startsAllAtOnceAndStopsInReverse() throws Exception {
        var service = new FakePart("service", 0);
        var broker = new FakePart("broker", 0) {
            @Override
            public boolean isReady() {
                return super.isReady() && service.isReady();
            }
        };
        Supervisor supervisor = supervisor(List.of(List.of(broker), List.of(service)));

        supervisor.start();
        assertThat(happened).containsExactlyInAnyOrder("start broker", "start service");
        supervisor.stop();

        assertThat(happened).endsWith("stop service", "stop broker");
    }

    @Test
    void startsAgainWhatEnds() throws Exception {
        var service = new FakePart("service", 0);
        Supervisor supervisor = supervisor(List.of(List.of(service)));
        supervisor.start();

        service.crash();
        until(() -> happened.size() == 2 && service.isReady());
        service.crash();
        until(() -> happened.size() == 3 && service.isReady());

        assertThat(happened).containsOnly("start service");
        assertThat(text()).contains("✗ service crashed; starting it again in");
        supervisor.stop();
    }

    @Test
    void tellsWhichPartWouldNotComeUp() {
        var service = new FakePart("service", 3);
        Supervisor supervisor = supervisor(List.of(List.of(new FakePart("broker", 0)), List.of(service)));

        assertThatExceptionOfType(Supervisor.StartFailed.class)
                .isThrownBy(supervisor::start)
                .satisfies(failed -> assertThat(failed.part()).isSameAs(service));
        supervisor.stop();
    }

    @Test
    void forgivesTwoFailuresAtTheStart() throws Exception {
        Supervisor supervisor = supervisor(List.of(List.of(new FakePart("service", 2))));

        supervisor.start();

        assertThat(happened).containsExactly("start service", "start service", "start service");
        supervisor.stop();
    }

    @Test
    void startsNothingAgainOnceItIsStopped() throws Exception {
        var service = new FakePart("service", 0);
        Supervisor supervisor = supervisor(List.of(List.of(service)));
        supervisor.start();

        supervisor.stop();
        Processes.pause(Duration.ofMillis(250));

        assertThat(happened).containsExactly("start service", "stop service");
    }

    private Supervisor supervisor(List<List<Part>> levels) {
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new Supervisor(levels, Duration.ofSeconds(20), PAUSE, new Progress(out, false));
    }

    private String text() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Processes.pause(Duration.ofMillis(5));
        }
    }

    /** Its process is this one, for as long as it "runs". */
    private class FakePart implements Part {
        private final String name;
        private int failures;
        private volatile boolean running;

        FakePart(String name, int failures) {
            this.name = name;
            this.failures = failures;
        }

        void crash() {
            running = false;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public RotatingLog log() {
            return new RotatingLog(Path.of(name + ".log"));
        }

        @Override
        public boolean endOrphan() {
            return false;
        }

        @Override
        public void start() throws IOException {
            happened.add("start " + name);
            if (failures > 0) {
                failures--;
                throw new IOException("not today");
            }
            running = true;
        }

        @Override
        public boolean isReady() {
            return running;
        }

        @Override
        public Optional<ProcessHandle> process() {
            return running ? Optional.of(ProcessHandle.current()) : Optional.empty();
        }

        @Override
        public String ending() {
            return "crashed";
        }

        @Override
        public void stop() {
            happened.add("stop " + name);
            running = false;
        }
    }
}
