package io.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingLogTest {
    @TempDir
    private Path dir;

    @Test
    void becomesThePreviousOneWhenItIsFull() throws IOException {
        write("12345\n");
        write("67890\n");
        write("last\n");

        assertThat(file()).hasContent("last\n");
        assertThat(dir.resolve("part.log.1")).hasContent("67890\n");
        assertThat(log().tail(1)).containsExactly("last");
    }

    @Test
    void keepsTheFileOfAWriterThatAppendsByItself() throws IOException {
        try (var out = Files.newOutputStream(file(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write("more than ten\n".getBytes(StandardCharsets.UTF_8));
            log().truncateWhenFull();
            out.write("after\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(file()).hasContent("after\n");
        assertThat(dir.resolve("part.log.1")).hasContent("more than ten\n");
    }

    @Test
    void hasNoLastLinesBeforeAnythingWasWritten() {
        assertThat(log().tail(5)).isEmpty();
    }

    private Path file() {
        return dir.resolve("part.log");
    }

    private RotatingLog log() {
        return new RotatingLog(file(), 10);
    }

    private void write(String text) {
        log().copy(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
