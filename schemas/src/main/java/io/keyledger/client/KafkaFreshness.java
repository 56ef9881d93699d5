package io.keyledger.client;

import io.keyledger.event.OrganizationId;
import io.keyledger.table.Freshness;
import io.keyledger.table.Moment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Proofs of freshness by the committed ends of all kept tables. */
final class KafkaFreshness implements Freshness {

    /** At most 20 questions a second. */
    static final Duration GAP = Duration.ofMillis(50);

    private final Supplier<Moment> clock;
    private final LoaderCounters counters;
    private final Runnable onLongAbsence;
    private final EndQuestions questions;
    private volatile @Nullable ProvedTables tables;
    /** When the last question was sent that ended in a proof. */
    private volatile @Nullable Moment lastProof;

    /**
     * Begins without tables: nothing can be proved until {@link #follow}.
     *
     * @param positions the next offset to apply; -1 while a table is being loaded anew
     * @param onLongAbsence told that tombstones may have been missed
     */
    KafkaFreshness(
            EndOffsets ends,
            ToLongFunction<TopicPartition> positions,
            ScheduledExecutorService timer,
            Supplier<Moment> clock,
            LoaderCounters counters,
            Runnable onLongAbsence) {
        this.clock = clock;
        this.counters = counters;
        this.onLongAbsence = onLongAbsence;
        this.questions =
                new EndQuestions(ends, positions, timer, clock, counters, GAP).tell(this::isContinuous, this::onProof);
    }

    /** Sets which partitions are proved; {@code partitions} is the ledger's number of them. */
    void follow(int partitions, List<TopicPartition> all, Duration maxAbsence) {
        tables = ProvedTables.of(partitions, all, maxAbsence);
        questions.follow(all);
    }

    @Override
    public Duration staleness() {
        var proof = lastProof;
        return proof == null ? NEVER : age(proof);
    }

    /** Asked for every push: without the time. */
    @Override
    public boolean isProved() {
        return lastProof != null;
    }

    @Override
    public CompletionStage<Boolean> prove(OrganizationId organization, Duration within) {
        var current = tables;
        return current == null
                ? CompletableFuture.completedFuture(false)
                : questions.whenReached(current.of(organization), within);
    }

    @Override
    public CompletionStage<Boolean> proveAllKeys(Duration within) {
        var current = tables;
        return current == null
                ? CompletableFuture.completedFuture(false)
                : questions.whenReached(current.keys(), within);
    }

    /** Asks, whether somebody waits or not, and gives up on what is too old. Called every 500 ms. */
    void tick() {
        questions.expire();
        questions.ask();
    }

    /** Compares anew; the loader calls it after each batch that it has applied. */
    void onApplied() {
        questions.onApplied();
    }

    /** Whether not all has been applied that was there so long ago, or longer. */
    boolean isBehind(Duration by) {
        return questions.isBehind(by);
    }

    /** Forgets all proofs: a table is loaded anew. */
    void reset() {
        questions.reset();
        lastProof = null;
    }

    /** Answers everybody who waits or ever asks again with "no". */
    void close() {
        tables = null;
        questions.close();
        lastProof = null;
    }

    private Duration age(Moment proof) {
        var now = clock.get();
        return proof.age(now.nanos(), now.wallMillis());
    }

    private void onProof(Moment sent) {
        counters.proofs.increment();
        var last = lastProof;
        if (last == null || sent.nanos() > last.nanos()) {
            lastProof = sent;
        }
    }

    /** Whether no tombstone can have been missed since the last proof; if one can, everything is to be loaded anew. */
    private boolean isContinuous() {
        if (!isAbsenceTooLong()) {
            return true;
        }
        reset();
        onLongAbsence.run();
        return false;
    }

    private boolean isAbsenceTooLong() {
        var last = lastProof;
        var current = tables;
        return last != null && current != null && age(last).compareTo(current.maxAbsence()) > 0;
    }
}
