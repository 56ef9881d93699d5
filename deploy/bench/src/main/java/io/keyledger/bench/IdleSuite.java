package io.keyledger.bench;

import io.keyledger.local.AtExit;
import io.keyledger.local.Ports;
import io.keyledger.local.ProcessMemory;
import io.keyledger.local.SuitePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the suite takes of the machine's memory when nobody asks anything of it: as {@code deploy/up} starts it. */
final class IdleSuite {

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final String SUPERVISOR = "suite";
    private static final String NAME = "idle suite: resident, ";

    private final Path home;
    private final Path data;

    /** @param data a folder that is not there; it is left with the logs alone */
    IdleSuite(Path home, Path data) {
        this.home = home;
        this.data = data;
    }

    /** Starts it on free ports, leaves it alone for half a minute, looks, and stops it. */
    void measure(Figures figures) throws IOException, InterruptedException {
        var environment = new TreeMap<String, String>();
        environment.put("KEYLEDGER_DATA", data.toString());
        environment.put("KEYLEDGER_SKIP_BUILD", "1");
        for (var port : SuitePort.values()) {
            environment.put(port.variable(), Integer.toString(Ports.free()));
        }
        try (var _ = AtExit.run(() -> end(environment))) {
            call(environment, "deploy/up", "--detach");
            Thread.sleep(IDLE);
            report(figures);
        }
    }

    private void report(Figures figures) throws IOException {
        var parts = parts();
        var suite = parts.remove(SUPERVISOR);
        if (suite == null) {
            throw new IOException("Expected a running suite in " + data);
        }
        // PostgreSQL alone does not descend from the supervisor.
        var all = ProcessMemory.of(Stream.concat(Stream.of(suite), parts.values().stream()));
        long supervisor = all.rssKib();
        for (var part : parts.entrySet()) {
            long resident = ProcessMemory.of(Stream.of(part.getValue())).rssKib();
            supervisor -= resident;
            figures.add(NAME + part.getKey(), "MiB", resident / 1024.0);
        }
        figures.add(NAME + "supervisor", "MiB", supervisor / 1024.0);
        figures.add(NAME + "all", "MiB", all.rssKib() / 1024.0);
        figures.add("idle suite: all, shared pages counted once", "MiB", all.pssKib() / 1024.0);
    }

    /** The running processes by name. */
    private Map<String, ProcessHandle> parts() throws IOException {
        var parts = new TreeMap<String, ProcessHandle>();
        try (var files = Files.newDirectoryStream(data.resolve("run"), "*.pid")) {
            for (var file : files) {
                parts.put(file.getFileName().toString().replace(".pid", ""), process(file));
            }
        }
        parts.put("postgres", process(data.resolve("postgres/postmaster.pid")));
        return parts;
    }

    private static ProcessHandle process(Path file) throws IOException {
        var id = Files.readAllLines(file).getFirst().split(" ", 2)[0];
        return ProcessHandle.of(Long.parseLong(id))
                .orElseThrow(() -> new IOException("Expected the process of " + file));
    }

    private void end(Map<String, String> environment) {
        try {
            call(environment, "deploy/down");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void call(Map<String, String> environment, String script, String... options)
            throws IOException, InterruptedException {
        var log = data.resolveSibling(data.getFileName() + ".log");
        Files.createDirectories(log.getParent());
        var command = Stream.concat(Stream.of(home.resolve(script).toString()), Stream.of(options))
                .toList();
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        if (builder.start().waitFor() != 0) {
            throw new IOException("Expected " + command + " to end well; its output is " + log);
        }
    }
}
