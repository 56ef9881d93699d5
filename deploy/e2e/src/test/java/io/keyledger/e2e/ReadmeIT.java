package io.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's commands, taken from the file and run as they stand, on the suite that {@code deploy/up} starts. */
class ReadmeIT {

    private static final Path HOME = Path.of(System.getProperty("keyledger.home"));
    private static final Pattern BLOCK =
            Pattern.compile("^```(\\S*)( tour)?\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

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
        assertThat(HOME.resolve("deploy/up")).isExecutable();
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
            assertThat(up.waitFor(1, TimeUnit.MINUTES))
                    .as("deploy/up has ended")
                    .isTrue();
        }
    }

    private static Process start(Path output, String... command) throws IOException {
        var builder = new ProcessBuilder(command)
                .directory(HOME.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
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
