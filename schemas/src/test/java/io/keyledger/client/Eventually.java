package io.keyledger.client;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what happens on other threads, with a limit that only a hang reaches. */
final class Eventually {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Eventually() {}

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Expected " + what + " within " + LIMIT + ", but it is not so.");
            }
            Thread.sleep(5);
        }
    }
}
