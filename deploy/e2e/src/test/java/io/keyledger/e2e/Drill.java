package io.keyledger.e2e;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The frame of a kill drill: how many kills, and the seed that repeats it. Set by {@code -Ddrill.kills=200
 * -Ddrill.seed=…}.
 */
record Drill(String name, int kills, long seed, Random random) {

    private static final int TELL_EVERY = 20;

    static Drill fromProperties(String name) {
        var kills = Integer.getInteger("drill.kills", 6);
        var given = given(System.getProperty("drill.seed"));
        long seed = given == null ? new Random().nextLong() : given;
        System.out.printf("[drill] %s: %d kills, seed %d%n", name, kills, seed);
        return new Drill(name, kills, seed, new Random(seed));
    }

    /**
     * Kills the service so many times, each after it was ready and has worked for a random while. Tells whoever works
     * with it to stop at the end, and also when it did not come back.
     */
    void kill(ServiceProcess service, Duration least, Duration most, AtomicBoolean stop) {
        try {
            for (int kill = 1; kill <= kills; kill++) {
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
        return name + " drill, -Ddrill.kills=" + kills + " -Ddrill.seed=" + seed;
    }

    private static @Nullable Long given(@Nullable String text) {
        return text == null || text.isEmpty() ? null : Long.valueOf(text);
    }
}
