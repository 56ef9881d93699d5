package io.keyledger.client;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** What a loader's thread tells the others. */
final class LoaderState {

    final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    final AppliedRevisions revisions = new AppliedRevisions();
    final LoaderCounters counters = new LoaderCounters();
    final CompletableFuture<Void> loaded = new CompletableFuture<>();
    final CompletableFuture<Throwable> failed = new CompletableFuture<>();
    /** The topics as they were when they were begun. */
    final Map<String, Uuid> ids = new ConcurrentHashMap<>();
    /** Topics that others found to be no longer what was loaded, and why. */
    final Map<String, String> resets = new ConcurrentHashMap<>();

    /** Told after each batch of which the revisions have been settled. */
    final Runnable onApplied;

    final CountDownLatch closed = new CountDownLatch(1);
    volatile boolean isReady;
    volatile @Nullable String problem;
    volatile OptionalInt partitions = OptionalInt.empty();

    LoaderState(Runnable onApplied) {
        this.onApplied = onApplied;
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    long position(TopicPartition partition) {
        return positions.getOrDefault(partition, -1L);
    }
}
