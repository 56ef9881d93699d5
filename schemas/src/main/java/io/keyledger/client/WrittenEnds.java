package io.keyledger.client;

import io.keyledger.event.OrganizationId;
import io.keyledger.table.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Waits for all that has been written to the followed topics of the ledger and to those that are followed with proofs,
 * what is not committed yet included: the
 * marker of a transaction comes to each partition by itself, so that the committed end may still be before a row whose
 * change was answered already. A read-committed position past the written end is past the marker too.
 */
final class WrittenEnds {

    /** A change may wait for it: shorter than what a person or a script would notice. */
    private static final Duration GAP = Duration.ofMillis(5);

    private final EndQuestions questions;
    private volatile @Nullable ProvedTables followed;

    /** @param ends of all that is written, committed or not */
    WrittenEnds(
            EndOffsets ends,
            ToLongFunction<TopicPartition> positions,
            ScheduledExecutorService timer,
            Supplier<Moment> clock,
            LoaderCounters counters) {
        this.questions = new EndQuestions(ends, positions, timer, clock, counters, GAP);
    }

    /** Sets which partitions are meant; {@code partitions} is the ledger's number of them. */
    void follow(int partitions, List<TopicPartition> all) {
        followed = ProvedTables.of(partitions, all, Duration.ZERO);
        questions.follow(all);
    }

    /** True once it is applied; false if that takes too long. */
    CompletionStage<Boolean> whenRead(OrganizationId organization, Duration within) {
        var current = followed;
        return current == null
                ? CompletableFuture.completedFuture(false)
                : questions.whenReached(current.of(organization), within);
    }

    /** The same, of all organizations. */
    CompletionStage<Boolean> whenRead(Duration within) {
        var current = followed;
        return current == null
                ? CompletableFuture.completedFuture(false)
                : questions.whenReached(Set.copyOf(current.all()), within);
    }

    void expire() {
        questions.expire();
    }

    void onApplied() {
        questions.onApplied();
    }

    void reset() {
        questions.reset();
    }

    void close() {
        followed = null;
        questions.close();
    }
}
