package io.keyledger.key.directory;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets whoever has changed something read it: a read waits until the directory has reached what this instance has
 * answered for that partition of the ledger.
 */
public class ReadBarrier {

    private final ConcurrentMap<Integer, Long> answered = new ConcurrentHashMap<>();
    private final ConcurrentMap<Integer, Long> reached = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Duration longest;
    private boolean whole;

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
        answered.merge(position.partition(), position.revision(), Math::max);
    }

    /** The directory has applied everything up to there. */
    public void onReached(LedgerPosition position) {
        lock.lock();
        try {
            reached.merge(position.partition(), position.revision(), Math::max);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether the directory has all that had happened when it began to follow. Until then what it lists may be a part.
     */
    public void onWhole(boolean now) {
        lock.lock();
        try {
            whole = now;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The directory was lost and begins anew. */
    void onLost() {
        lock.lock();
        try {
            whole = false;
            reached.clear();
        } finally {
            lock.unlock();
        }
    }

    /** The last revision that this instance answered for the partition. */
    public LedgerPosition lastAnswered(int partition) {
        return new LedgerPosition(partition, answered.getOrDefault(partition, 0L));
    }

    /**
     * Waits until the directory has reached the position.
     *
     * @throws DirectoryUnavailableException if it takes too long: an older answer would deny what was just changed
     */
    public void await(LedgerPosition position) {
        lock.lock();
        try {
            long nanos = longest.toNanos();
            while (!whole || revision(position.partition()) < position.revision()) {
                if (nanos <= 0 && !whole) {
                    throw new DirectoryUnavailableException("It is being filled, or PostgreSQL is down.", null);
                }
                if (nanos <= 0) {
                    throw new DirectoryUnavailableException(
                            "Expected the directory at " + position + ", but it is at " + position.partition() + ":"
                                    + revision(position.partition()) + ": it lags behind or PostgreSQL is down.",
                            null);
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

    private long revision(int partition) {
        return reached.getOrDefault(partition, 0L);
    }
}
