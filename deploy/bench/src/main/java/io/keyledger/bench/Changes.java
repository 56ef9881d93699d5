package io.keyledger.bench;

import io.keyledger.bench.Owner.OverrideKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Changes to override keys, each measured from the call on, until both Collectors have refused the secret: each key is
 * regenerated, and when all are, each is revoked. Safe for many threads.
 */
final class Changes implements Callable<Changes.Change> {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Owner owner;
    private final List<Prober> probers;
    private final List<OverrideKey> keys;
    private final AtomicInteger next = new AtomicInteger();

    /**
     * When each step of a change was done, by the nano clock.
     *
     * @param called before the request was sent
     * @param answered when its answer had been read
     * @param refused when the last of the Collectors had refused
     * @param lastAccepted when the last push that was accepted was sent
     */
    record Change(long called, long answered, long refused, long lastAccepted) {

        long callToAnswer() {
            return answered - called;
        }

        long callToRefused() {
            return refused - called;
        }

        /** Zero: it was refused before the answer came. */
        long answerToRefused() {
            return Math.max(0, refused - answered);
        }

        boolean isAcceptedAfterAnswer() {
            return lastAccepted > answered;
        }
    }

    /** Makes the keys for so many changes. */
    Changes(Owner owner, List<Prober> probers, String prefix, int count) {
        this.owner = owner;
        this.probers = probers;
        this.keys = new ArrayList<>(owner.newOverrides(prefix, (count + 1) / 2));
    }

    @Override
    public Change call() throws Exception {
        int number = next.getAndIncrement();
        int index = number % keys.size();
        var key = key(index);
        var watches = probers.stream().map(prober -> prober.watch(key.secret())).toList();
        long called = System.nanoTime();
        if (number < keys.size()) {
            put(index, owner.regenerate(key));
        } else {
            owner.revoke(key);
        }
        long answered = System.nanoTime();
        long refused = Long.MIN_VALUE;
        long lastAccepted = Long.MIN_VALUE;
        for (var watch : watches) {
            long at = watch.refusedAt().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            refused = refused == Long.MIN_VALUE ? at : Math.max(refused, at);
            lastAccepted = Math.max(lastAccepted, watch.lastAcceptedNanos());
        }
        return new Change(called, answered, refused, lastAccepted);
    }

    private synchronized OverrideKey key(int index) {
        return keys.get(index);
    }

    private synchronized void put(int index, OverrideKey key) {
        keys.set(index, key);
    }
}
