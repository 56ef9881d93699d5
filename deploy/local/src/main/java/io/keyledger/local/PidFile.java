package io.keyledger.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Remembers a process beyond the life of the one that started it: its id, and when it began, since ids come back. */
final class PidFile {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** The system derives the start from its clock, which may have been set in the meantime. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

    private final Path file;

    PidFile(Path file) {
        this.file = file;
    }

    void write(ProcessHandle process) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, process.pid() + " " + began(process) + "\n");
    }

    /** Forgets the process, unless it still runs and is another than this one. */
    void remove() {
        if (process()
                .filter(other -> other.pid() != ProcessHandle.current().pid())
                .isPresent()) {
            return;
        }
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
                    .filter(process -> words.length == 2 && began(words[1], process));
        } catch (IOException | NumberFormatException | DateTimeParseException nothingRemembered) {
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

    private static Instant began(ProcessHandle process) {
        // A process that is just ending tells nothing any more.
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    private static boolean began(String remembered, ProcessHandle process) {
        return Duration.between(Instant.parse(remembered), began(process)).abs().compareTo(CLOCK_TOLERANCE) <= 0;
    }
}
