package io.keyledger.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Remembers a process beyond the life of the one that started it: its id, and when it began, since ids come back. */
final class PidFile {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Path file;

    PidFile(Path file) {
        this.file = file;
    }

    void write(ProcessHandle process) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, process.pid() + " " + began(process) + "\n");
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException kept) {
            // It names a process that is gone, and is understood so.
        }
    }

    /** The process, if it still runs. */
    Optional<ProcessHandle> process() {
        try {
            String[] words = Files.readString(file).strip().split(" ", -1);
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(Processes::isRunning)
                    .filter(process -> words.length == 2 && words[1].equals(began(process)));
        } catch (IOException | NumberFormatException nothingRemembered) {
            return Optional.empty();
        }
    }

    /** Ends what is still running; true if there was something. */
    boolean endOrphan() {
        Optional<ProcessHandle> orphan = process();
        orphan.ifPresent(process -> Processes.stop(process, PATIENCE));
        remove();
        return orphan.isPresent();
    }

    private static String began(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }
}
