package io.keyledger.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/** A data directory of PostgreSQL as a killed run may have left it: with its server still running, or half made. */
final class PostgresDirectory {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String COMPLETE = "keyledger-complete";

    private final Path directory;

    PostgresDirectory(Path directory) {
        this.directory = directory;
    }

    /** The server that runs on this directory. A process id that now belongs to another program is nobody's. */
    Optional<ProcessHandle> postmaster() {
        Path pidFile = directory.resolve("postmaster.pid");
        try {
            if (!Files.exists(pidFile)) {
                return Optional.empty();
            }
            String firstLine =
                    Files.readString(pidFile).lines().findFirst().orElse("").strip();
            return firstLine.matches("\\d{1,18}")
                    ? ProcessHandle.of(Long.parseLong(firstLine)).filter(PostgresDirectory::isPostgres)
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Ends a server that outlived the JVM that had started it: fast first (it checkpoints), at once if it hangs. */
    void endOrphan() throws IOException {
        Optional<ProcessHandle> orphan = postmaster();
        if (orphan.isPresent() && !end(orphan.get(), "-INT") && !end(orphan.get(), "-QUIT")) {
            throw new IOException("Expected PostgreSQL, process " + orphan.get().pid() + ", to end, but it did not");
        }
    }

    /** Removes a directory in which initdb was killed: nothing was ever stored there. */
    void removeHalfMade() throws IOException {
        if (!Files.exists(directory) || Files.exists(directory.resolve(COMPLETE))) {
            return;
        }
        removeTree(directory);
    }

    /** Removes programs whose unpacking was killed: the library would trip over them. */
    static void removeHalfUnpacked(Path binaries) throws IOException {
        if (Files.isDirectory(binaries)) {
            try (var unpacked = Files.list(binaries)) {
                for (Path one : unpacked.filter(Files::isDirectory).toList()) {
                    if (!Files.exists(one.resolve(".exists"))) {
                        removeTree(one);
                    }
                }
            }
        }
    }

    /** Says that the server has run here, with its databases: from now on the directory is kept, whatever happens. */
    void markComplete() throws IOException {
        Path marker = directory.resolve(COMPLETE);
        if (!Files.exists(marker)) {
            Files.createFile(marker);
        }
    }

    private static void removeTree(Path tree) throws IOException {
        try (var files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .filter(command -> command.endsWith("postgres"))
                .isPresent();
    }

    private static boolean end(ProcessHandle process, String signal) throws IOException {
        new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
        return Processes.ended(process, PATIENCE);
    }
}
