package io.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PidFileTest {
    @TempDir
    private Path directory;

    private final Process process;
    private Path file = Path.of("");
    private PidFile remembered = new PidFile(file);

    PidFileTest() throws IOException {
        process = new ProcessBuilder("sleep", "60").start();
    }

    @BeforeEach
    void remember() throws IOException {
        file = directory.resolve("part.pid");
        remembered = new PidFile(file);
        remembered.write(process.toHandle());
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1_900, 0, 1_900})
    void knowsItsProcessWhenTheClockWasSet(long millis) throws IOException {
        writeBegan(millis);

        assertThat(remembered.process()).contains(process.toHandle());
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_000, 3_000})
    void leavesAnotherProcessOfThatIdAlone(long millis) throws IOException {
        writeBegan(millis);

        assertThat(remembered.endOrphan()).isFalse();
        assertThat(process.isAlive()).isTrue();
        assertThat(file).doesNotExist();
    }

    @Test
    void isKeptWhileItsProcessRuns() {
        remembered.remove();

        assertThat(remembered.process()).isPresent();
    }

    @Test
    void endsWhatWasLeft() throws InterruptedException {
        assertThat(remembered.endOrphan()).isTrue();

        // It has ended, but counts as alive until it is reaped.
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "what", "1", "1 what", "99999999999999999999 2026-01-01T00:00:00Z"})
    void nonsenseNamesNobody(String text) throws IOException {
        Files.writeString(file, text);

        assertThat(remembered.process()).isEmpty();
    }

    private void writeBegan(long millisLater) throws IOException {
        Instant began = process.info().startInstant().orElseThrow().plus(Duration.ofMillis(millisLater));
        Files.writeString(file, process.pid() + " " + began + "\n");
    }
}
