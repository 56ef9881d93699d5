package io.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's commands, taken from the file and run as they stand, on the suite that {@code deploy/up} starts. */
class ReadmeIT {

    private static final Path HOME = Path.of(System.getProperty("keyledger.home"));
    private static final Pattern BLOCK =
            Pattern.compile("^```(\\S*)( tour)?\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    @TempDir
    private Path clone;

    /** One fenced block. */
    private record Block(String language, boolean tour, String text) {}

    @Test
    void theQuickStartIsTwoCommandsAndCiRunsTheSecond() throws IOException {
        var commands = blocks().stream()
                .filter(block -> block.language().equals("sh") && !block.tour())
                .map(block -> block.text().strip())
                .toList();
        assertThat(commands).containsExactly("deploy/up", "mvn verify");
        assertThat(Files.readString(HOME.resolve(".ci/run"))).contains("mvn verify");
    }

    @Test
    void theTourDoesWhatItSays() throws Exception {
        shareWhatIsBuilt();
        assertThat(clone.resolve("deploy/up")).isExecutable();
        var log = Path.of("target", "readme-up.log").toAbsolutePath();
        var up = start(log, "deploy/up");
        try {
            Await.until("deploy/up to say that all is healthy; its output is " + log, Duration.ofMinutes(4), () -> {
                assertThat(up.isAlive())
                        .as("deploy/up goes on; its output is %s", log)
                        .isTrue();
                return read(log).contains("curl ");
            });
            var script = new StringBuilder("set -euo pipefail\n");
            var expected = new ArrayList<String>();
            Block before = null;
            for (var block : blocks()) {
                if (block.tour()) {
                    script.append(block.text());
                } else if (block.language().equals("text") && before != null && before.tour()) {
                    expected.addAll(block.text().lines().toList());
                }
                before = block;
            }
            var output = Path.of("target", "readme-tour.log").toAbsolutePath();
            var tour = start(output, "bash", "-c", script.toString());
            assertThat(tour.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(Files.readAllLines(output)).isEqualTo(expected);
            assertThat(tour.exitValue()).isZero();
        } finally {
            var down = start(Path.of("target", "readme-down.log").toAbsolutePath(), "deploy/down", "--purge");
            assertThat(down.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(down.exitValue()).as("what deploy/down says").isZero();
            assertThat(up.waitFor(1, TimeUnit.MINUTES))
                    .as("deploy/up has ended")
                    .isTrue();
        }
    }

    /**
     * A clone of its own, with links to what is built here: the tour says {@code deploy/data}, and what this folder keeps
     * there is somebody's suite, which the purge at the end would forget.
     */
    private void shareWhatIsBuilt() throws IOException {
        Path deploy = Files.createDirectory(clone.resolve("deploy"));
        link(HOME, clone);
        link(HOME.resolve("deploy"), deploy);
    }

    private static void link(Path from, Path to) throws IOException {
        try (var entries = Files.list(from)) {
            for (var entry : entries.toList()) {
                var there = to.resolve(entry.getFileName());
                if (Files.isRegularFile(entry)) {
                    Files.copy(entry, there, StandardCopyOption.COPY_ATTRIBUTES);
                } else if (!entry.endsWith("deploy") && !entry.endsWith("deploy/data")) {
                    Files.createSymbolicLink(there, entry);
                }
            }
        }
    }

    private Process start(Path output, String... command) throws IOException {
        var builder = new ProcessBuilder(command)
                .directory(clone.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KEYLEDGER_"));
        // This very build has just made the jars: a second one beside it would take them away from under the tests.
        builder.environment().put("KEYLEDGER_SKIP_BUILD", "yes");
        return builder.start();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    private static List<Block> blocks() throws IOException {
        var blocks = new ArrayList<Block>();
        var matcher = BLOCK.matcher(Files.readString(HOME.resolve("README.md")));
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2) != null, matcher.group(3)));
        }
        return blocks;
    }
}
