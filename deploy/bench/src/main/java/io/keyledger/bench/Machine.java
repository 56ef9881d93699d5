package io.keyledger.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the figures were measured on. */
final class Machine {

    private static final String UNKNOWN = "unknown";

    private Machine() {}

    /** Facts by name, in the order in which they are best read. */
    static Map<String, String> describe(Path home) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("commit", output(home, "git", "rev-parse", "--short", "HEAD"));
        facts.put("processor", field(Path.of("/proc/cpuinfo"), "model name"));
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("memory", field(Path.of("/proc/meminfo"), "MemTotal"));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        facts.put("kafka", org.apache.kafka.common.utils.AppInfoParser.getVersion());
        facts.put("load", load());
        return facts;
    }

    /** What ran and waited to run over the last 1, 5 and 15 minutes: a busy machine makes other figures. */
    static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).strip();
        } catch (IOException noLinux) {
            return UNKNOWN;
        }
    }

    /** The first line that a program prints, or "unknown". */
    static String output(Path directory, String... command) {
        try {
            var process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            try (var lines = process.inputReader()) {
                var line = lines.readLine();
                return line == null ? UNKNOWN : line.strip();
            }
        } catch (IOException notThere) {
            return UNKNOWN;
        }
    }

    private static String field(Path file, String name) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(UNKNOWN);
        } catch (IOException noLinux) {
            return UNKNOWN;
        }
    }
}
