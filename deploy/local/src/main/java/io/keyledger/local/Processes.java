package io.keyledger.local;

import java.nio.file.Path;
import java.time.Duration;

/** What every part needs to start and end a child. */
final class Processes {
    private static final Duration LOOK = Duration.ofMillis(20);

    private Processes() {}

    /** The java of the JDK that runs this. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Asks to end (SIGTERM), ends by force after the time-out; returns when it has ended. */
    static void stop(ProcessHandle process, Duration timeout) {
        process.destroy();
        if (!ended(process, timeout)) {
            process.destroyForcibly();
            ended(process, timeout);
        }
    }

    /** Whether the process ended within the time-out. */
    static boolean ended(ProcessHandle process, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        while (isRunning(process)
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted()) {
            pause(LOOK);
        }
        return !isRunning(process);
    }

    /** A process that has ended, but that nobody has waited for (a container without an init), does not run any more. */
    static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    /** Sleeps; an interrupt ends the sleep and stays set. */
    static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
