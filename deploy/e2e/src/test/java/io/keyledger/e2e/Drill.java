package io.keyledger.e2e;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The frame of a kill drill: how many kills, and the seed that repeats it. Set by {@code -Ddrill.kills=200
 * -Ddrill.seed=…}.
 */
record Drill(String name, int kills, long seed, Random random) {

    static Drill fromProperties(String name) {
        var kills = Integer.getInteger("drill.kills", 6);
        var given = given(System.getProperty("drill.seed"));
        long seed = given == null ? new Random().nextLong() : given;
        System.out.printf("[drill] %s: %d kills, seed %d%n", name, kills, seed);
        return new Drill(name, kills, seed, new Random(seed));
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
