package io.keyledger.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What every part needs to start and end a child. */
final class Processes {
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
        try {
            process.onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException stillThere) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
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
