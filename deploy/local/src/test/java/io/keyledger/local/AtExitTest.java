package io.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AtExitTest {

    /** Starts a process that would go on, says so, and waits to be told to end. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] args) throws IOException, InterruptedException {
            var child = new ProcessBuilder("sleep", "600").start();
            AtExit.run(child::destroyForcibly);
            System.out.println(child.pid());
            child.waitFor();
        }
    }

    @Test
    void endsOnceHoweverOftenItIsClosed() {
        var ended = new AtomicInteger();
        var atExit = AtExit.run(ended::incrementAndGet);

        atExit.close();
        atExit.close();

        assertThat(ended).hasValue(1);
    }

    @Test
    void aJvmThatIsToldToEndLeavesNothingRunning() throws Exception {
        var parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName())
                .start();
        var child = ProcessHandle.of(Long.parseLong(parent.inputReader().readLine()))
                .orElseThrow();

        parent.destroy();

        assertThat(parent.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Processes.ended(child, Duration.ofSeconds(10))).isTrue();
    }
}
