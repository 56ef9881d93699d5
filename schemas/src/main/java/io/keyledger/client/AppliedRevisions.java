package io.keyledger.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Up to which revision each partition has been applied whole. One transaction may write many rows of one revision, and a
 * fetch may end between them: a revision counts when another one came, or when the partition was read to its end. The
 * ledger's revisions never go back in a partition. A row that claims one from the future is believed until the next row
 * belies it, and opens nothing to those who wait: they wait for exactly their revision.
 */
final class AppliedRevisions {

    private final Map<TopicPartition, Progress> partitions = new ConcurrentHashMap<>();

    private record Waiter(long revision, CompletableFuture<Void> applied) {}

    private static final class Progress {
        /** All rows of it and of those before are applied. */
        private long applied;
        /** Some rows of it are applied. */
        private long begun;

        private boolean isBegunWhole = true;
        private final RecentRevisions whole = new RecentRevisions();
        private final List<Waiter> waiters = new ArrayList<>();
        private final List<Waiter> done = new ArrayList<>();

        private void finish() {
            if (!isBegunWhole) {
                isBegunWhole = true;
                whole.add(begun);
                waiters.removeIf(waiter -> waiter.revision == begun && done.add(waiter));
            }
        }
    }

    /** Notes that rows of {@code revision} were applied; the partition's loader alone calls it, in order. */
    void begin(TopicPartition partition, long revision) {
        var progress = progress(partition);
        synchronized (progress) {
            if (revision == progress.begun) {
                return;
            }
            progress.finish();
            progress.applied = revision > progress.begun ? progress.begun : Math.min(progress.applied, revision - 1);
            progress.begun = revision;
            progress.isBegunWhole = false;
        }
    }

    /**
     * Completes whoever waits for what has been applied by now, on the calling thread.
     *
     * @param isAtEnd whether everything that was committed when the partition was last fetched has been applied
     */
    void settle(TopicPartition partition, boolean isAtEnd) {
        var progress = progress(partition);
        List<Waiter> done;
        synchronized (progress) {
            if (isAtEnd) {
                progress.finish();
                progress.applied = progress.begun;
            }
            done = List.copyOf(progress.done);
            progress.done.clear();
        }
        done.forEach(waiter -> waiter.applied.complete(null));
    }

    /** Forgets a partition that is loaded anew; whoever waits goes on waiting. */
    void forget(TopicPartition partition) {
        var progress = progress(partition);
        synchronized (progress) {
            progress.applied = 0;
            progress.begun = 0;
            progress.isBegunWhole = true;
            progress.whole.clear();
        }
    }

    long applied(TopicPartition partition) {
        var progress = partitions.get(partition);
        if (progress == null) {
            return 0;
        }
        synchronized (progress) {
            return progress.applied;
        }
    }

    CompletableFuture<Void> whenApplied(TopicPartition partition, long revision) {
        var progress = progress(partition);
        var waiter = new Waiter(revision, new CompletableFuture<>());
        synchronized (progress) {
            if (progress.whole.contains(revision)) {
                return CompletableFuture.completedFuture(null);
            }
            progress.waiters.add(waiter);
        }
        // A caller that gave up must not stay in the list for ever.
        var _ = waiter.applied.whenComplete((_, failure) -> {
            if (failure != null) {
                synchronized (progress) {
                    progress.waiters.remove(waiter);
                }
            }
        });
        return waiter.applied;
    }

    /** Ends all waiting. */
    void close() {
        for (var progress : partitions.values()) {
            List<Waiter> left;
            synchronized (progress) {
                left = List.copyOf(progress.waiters);
                progress.waiters.clear();
            }
            left.forEach(waiter ->
                    waiter.applied.completeExceptionally(new IllegalStateException("The loader was closed.")));
        }
    }

    private Progress progress(TopicPartition partition) {
        return partitions.computeIfAbsent(partition, _ -> new Progress());
    }
}
