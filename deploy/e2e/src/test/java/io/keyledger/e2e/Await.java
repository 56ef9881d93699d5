package io.keyledger.e2e;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what must come true, and says what did not. */
final class Await {
    private Await() {}

    static void until(String what, Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Expected " + what + " within " + limit.toSeconds() + " s.");
            }
            pause(Duration.ofMillis(20));
        }
    }

    static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
