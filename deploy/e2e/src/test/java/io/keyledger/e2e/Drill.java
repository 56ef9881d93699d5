package io.keyledger.e2e;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The frame of a drill: how much of it, and the seed that repeats it. Set by {@code -Ddrill.kills=200 -Ddrill.seed=…}, or
 * by {@code -Dtimeline.changes=10000 -Dtimeline.seed=…}.
 */
record Drill(String name, int count, long seed, Random random, String repeat) {

    private static final int TELL_EVERY = 20;

    /** A kill drill; the count is of kills. */
    static Drill fromProperties(String name) {
        return fromProperties(name, "drill", "kills", 6);
    }

    /** The timeline; the count is of changes. */
    static Drill ofTimeline() {
        return fromProperties("timeline", "timeline", "changes", 200);
    }

    private static Drill fromProperties(String name, String prefix, String unit, int usual) {
        int count = Integer.getInteger(prefix + "." + unit, usual);
        var given = given(System.getProperty(prefix + ".seed"));
        long seed = given == null ? new Random().nextLong() : given;
        var repeat = "-D%s.%s=%d -D%s.seed=%d".formatted(prefix, unit, count, prefix, seed);
        System.out.printf("[drill] %s: %s%n", name, repeat);
        return new Drill(name, count, seed, new Random(seed), repeat);
    }

    /**
     * Kills the service so many times, each after it was ready and has worked for a random while. Tells whoever works
     * with it to stop at the end, and also when it did not come back.
     */
    void kill(ServiceProcess service, Duration least, Duration most, AtomicBoolean stop) {
        try {
            for (int kill = 1; kill <= count; kill++) {
                Await.pause(
                        least.plusMillis(random.nextInt((int) most.minus(least).toMillis())));
                service.kill();
                service.spawn().awaitReady();
                if (kill % TELL_EVERY == 0) {
                    print(kill + " kills");
                }
            }
            // What was sent while it was away shall be answered too.
            Await.pause(Duration.ofSeconds(1));
        } finally {
            stop.set(true);
        }
    }

    void print(String text) {
        System.out.printf("[drill] %s: %s%n", name, text);
    }

    @Override
    public String toString() {
        return name + " drill, " + repeat;
    }

    private static @Nullable Long given(@Nullable String text) {
        return text == null || text.isEmpty() ? null : Long.valueOf(text);
    }
}
