package io.keyledger.key.directory;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets whoever has changed or seen something read it: a read waits until the generation that is read has reached what
 * this instance has answered, or shown, of that partition of the ledger.
 */
public class ReadBarrier {

    private final ConcurrentMap<Integer, Long> known = new ConcurrentHashMap<>();
    /** By generation and partition. */
    private final Map<Integer, Map<Integer, Long>> reached = new HashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Duration longest;
    private @Nullable Integer current;
    private @Nullable String obstacle = "It has not been looked at yet, or PostgreSQL is down.";

    /**
     * A barrier.
     *
     * @param longest for how long a read waits at most
     */
    public ReadBarrier(Duration longest) {
        this.longest = longest;
    }

    /** A change was answered. */
    public void onAnswered(LedgerPosition position) {
        know(position.partition(), position.revision());
    }

    /** The generation has applied everything up to there: less than before, where PostgreSQL has lost commits. */
    public void onReached(int generation, LedgerPosition position) {
        locked(() -> {
            reached.computeIfAbsent(generation, _ -> new HashMap<>()).put(position.partition(), position.revision());
            if (Integer.valueOf(generation).equals(current)) {
                know(position.partition(), position.revision());
            }
        });
    }

    /**
     * What is read from now on.
     *
     * @param generation null: nothing
     * @param why nothing, or only a part of what there was at the start, can be read, in one sentence; null: all of it can
     */
    public void onCurrent(@Nullable Integer generation, @Nullable String why) {
        locked(() -> {
            current = generation;
            obstacle = why;
            // What may have been shown must not disappear again.
            ofCurrent().forEach(this::know);
        });
    }

    /** The generation is followed no more. */
    void forget(int generation) {
        locked(() -> reached.remove(generation));
    }

    /** The log was cut or made anew: what was known will never be reached. */
    void forgetKnown() {
        known.clear();
    }

    /** How far the generation has been seen, by partition. */
    Map<Integer, Long> reached(int generation) {
        lock.lock();
        try {
            return Map.copyOf(reached.getOrDefault(generation, Map.of()));
        } finally {
            lock.unlock();
        }
    }

    /** The last revision of the partition that this instance has answered or shown. */
    public LedgerPosition lastKnown(int partition) {
        return new LedgerPosition(partition, known.getOrDefault(partition, 0L));
    }

    /**
     * Waits until the generation that is read has reached the position.
     *
     * @throws DirectoryUnavailableException if it takes too long: an older answer would deny what was just changed
     */
    public void await(LedgerPosition position) {
        lock.lock();
        try {
            long nanos = longest.toNanos();
            while (obstacle != null || revision(position.partition()) < position.revision()) {
                if (nanos <= 0) {
                    throw new DirectoryUnavailableException(obstacle != null ? obstacle : behind(position), null);
                }
                nanos = moved.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DirectoryUnavailableException("The service is shutting down.", e);
        } finally {
            lock.unlock();
        }
    }

    private void know(int partition, long revision) {
        known.merge(partition, revision, Math::max);
    }

    private String behind(LedgerPosition position) {
        return "Expected the directory at " + position + ", but it is at " + position.partition() + ":"
                + revision(position.partition()) + ": it lags behind or PostgreSQL is down.";
    }

    private long revision(int partition) {
        return ofCurrent().getOrDefault(partition, 0L);
    }

    private Map<Integer, Long> ofCurrent() {
        return current == null ? Map.of() : reached.getOrDefault(current, Map.of());
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
