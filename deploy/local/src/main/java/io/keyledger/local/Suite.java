package io.keyledger.local;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * The whole suite on this machine, as {@code deploy/up} starts it: {@code Suite [--terminal] [--welcome=FILE] [--mend]}. It runs
 * until it is told to stop (Ctrl-C, SIGTERM); with {@code --mend} it only ends what a killed run left behind.
 *
 * <p>With a file for the welcome nothing secret goes to the output, which is then a log.
 */
public final class Suite {
    private static final int FAILED = 1;
    private static final int RUNS_ALREADY = 3;
    private static final int TAIL = 25;

    private final SuiteSettings settings;
    private final Progress progress;
    private final long begun = System.nanoTime();

    private Suite(SuiteSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        List<String> options = Arrays.asList(args);
        var progress = new Progress(out, options.contains("--terminal"));
        try {
            var suite = new Suite(SuiteSettings.of(System.getenv()), progress);
            suite.run(options);
        } catch (IllegalArgumentException wrongSetting) {
            progress.say(wrongSetting.getMessage() == null ? wrongSetting.toString() : wrongSetting.getMessage());
            System.exit(FAILED);
        }
    }

    private void run(List<String> options) throws IOException, InterruptedException {
        makeDirectories();
        var pidFile = new PidFile(settings.run().resolve("suite.pid"));
        try (FileChannel lock = FileChannel.open(
                settings.run().resolve("suite.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (lock.tryLock() == null) {
                String who = pidFile.process()
                        .map(process -> " (process " + process.pid() + ")")
                        .orElse("");
                progress.say("Keyledger runs already on " + settings.data() + who + ". Stop it with deploy/down.");
                System.exit(RUNS_ALREADY);
            }
            pidFile.write(ProcessHandle.current());
            var parts = new SuiteParts(settings, tokens(), AuditLogins.kept(settings.data()));
            List<List<Part>> levels = List.of(
                    List.of(parts.broker(), parts.postgres(), parts.registry()),
                    List.of(parts.keyService(), parts.ingestService(), parts.auditService()));
            mend(levels);
            if (options.contains("--mend")) {
                pidFile.remove();
                return;
            }
            List<String> taken = settings.takenPorts();
            if (!taken.isEmpty()) {
                taken.forEach(progress::say);
                pidFile.remove();
                System.exit(FAILED);
            }
            var supervisor = new Supervisor(levels, settings.startTimeout(), Supervisor.FIRST_PAUSE, progress);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(supervisor, pidFile), "suite-stop"));
            if (!start(supervisor)) {
                System.exit(FAILED);
            }
            // Unpacking PostgreSQL has taken most of the heap, once: given back now.
            System.gc();
            welcome(levels, options);
            state("ready");
            new CountDownLatch(1).await();
        }
    }

    private boolean start(Supervisor supervisor) throws IOException {
        try {
            state("starting");
            progress.say("Starting on " + settings.data() + " …");
            supervisor.start();
            return true;
        } catch (Supervisor.StartFailed failed) {
            Part part = failed.part();
            progress.say(failed.getMessage() + "; the last lines of its log, "
                    + part.log().file() + ":");
            part.log().tail(TAIL).forEach(line -> progress.say("  | " + line));
            return false;
        }
    }

    /** What a killed run left behind holds ports and locks. */
    private void mend(List<List<Part>> levels) throws IOException {
        for (Part part : levels.reversed().stream().flatMap(List::stream).toList()) {
            if (part.endOrphan()) {
                progress.say("Ended " + part.name() + ", which a killed run had left behind");
            }
        }
    }

    private void end(Supervisor supervisor, PidFile pidFile) {
        progress.say("Stopping …");
        long start = System.nanoTime();
        supervisor.stop();
        try {
            Files.deleteIfExists(settings.run().resolve("state"));
        } catch (IOException kept) {
            progress.say("Could not remove the state: " + kept.getMessage());
        }
        pidFile.remove();
        progress.say("Stopped after " + Progress.seconds(Duration.ofNanos(System.nanoTime() - start)));
    }

    private void welcome(List<List<Part>> levels, List<String> options) throws IOException {
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        var memory = ProcessMemory.of(Stream.concat(
                Stream.of(ProcessHandle.current()),
                levels.stream().flatMap(List::stream).flatMap(part -> part.process().stream())));
        progress.say("Keyledger is ready after " + Progress.seconds(took) + ", with " + memory);
        Path welcomed = settings.data().resolve("welcomed");
        boolean firstStart = !Files.exists(welcomed);
        String text = new Welcome(settings).text(tokens().getOrDefault(SuiteParts.OWNER_TOKEN, ""), firstStart);
        var file = options.stream()
                .filter(option -> option.startsWith("--welcome="))
                .findFirst();
        if (file.isPresent()) {
            Tokens.write(Path.of(file.get().substring("--welcome=".length())), text);
        } else {
            progress.say(text);
        }
        if (firstStart) {
            Files.createFile(welcomed);
        }
    }

    private Map<String, String> tokens() throws IOException {
        var tokens = new HashMap<String, String>();
        tokens.put(SuiteParts.OWNER_TOKEN, token(SuiteParts.OWNER_TOKEN, ownerTokenFile(), Tokens.OWNER_PREFIX));
        tokens.put(
                SuiteParts.OPERATOR_TOKEN,
                token(SuiteParts.OPERATOR_TOKEN, settings.data().resolve("operator-token"), Tokens.OPERATOR_PREFIX));
        return tokens;
    }

    private String token(String variable, Path file, String prefix) throws IOException {
        String given = settings.environment().getOrDefault(variable, "");
        return given.isBlank() ? Tokens.kept(file, prefix) : given;
    }

    private Path ownerTokenFile() {
        return settings.data().resolve("owner-token");
    }

    /** The data holds tokens, sealed secrets and a database that trusts this machine: nobody else may look in. */
    private void makeDirectories() throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(settings.data(), ownerOnly);
        var needed = new ArrayList<>(List.of(settings.run(), settings.data().resolve("logs")));
        for (Path directory : needed) {
            Files.createDirectories(directory);
        }
    }

    /** What {@code deploy/up --detach} waits for. */
    private void state(String state) throws IOException {
        Files.writeString(settings.run().resolve("state"), state + "\n");
    }
}
