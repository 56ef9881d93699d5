package io.keyledger.client;

import java.time.Duration;

/** Ends a thread that was told to end. */
final class Stop {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Stop() {}

    /** Waits for the thread; interrupts it if it does not come, for then it waits for Kafka or for a handler. */
    static void join(Thread thread) {
        try {
            if (!thread.join(PATIENCE)) {
                thread.interrupt();
                var _ = thread.join(LIMIT);
            }
        } catch (InterruptedException _) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
