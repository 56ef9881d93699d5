package io.keyledger.client;

import io.keyledger.event.OrganizationId;
import io.keyledger.table.Freshness;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Proofs of freshness by Kafka's end offsets. Whoever waits before a question is sent shares it; positions are compared
 * when the answer comes and again after each batch that the loader has applied.
 */
final class KafkaFreshness implements Freshness {

    /** At most 20 questions a second. */
    static final Duration GAP = Duration.ofMillis(50);

    static final int MAX_WAITING = 10_000;
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration QUESTION_LIFE = Duration.ofSeconds(10);
    /** So many questions without an answer say that Kafka is away; one more would not change it. */
    private static final int MAX_UNANSWERED = 4;

    private final EndOffsets ends;
    private final ToLongFunction<TopicPartition> positions;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanoClock;
    private final Clock wallClock;
    private final LoaderCounters counters;
    private final Runnable onLongAbsence;
    private final AtomicInteger waiters = new AtomicInteger();
    private final List<Question> open = new ArrayList<>();
    private Map<Set<TopicPartition>, CompletableFuture<Boolean>> next = new HashMap<>();
    private long nextSinceNanos;
    private boolean isScheduled;
    private long lastSentNanos;
    private boolean hasSent;
    private volatile @Nullable ProvedTables tables;
    private volatile @Nullable Proof lastProof;

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
            LongSupplier nanoClock,
            Clock wallClock,
            LoaderCounters counters,
            Runnable onLongAbsence) {
        this.ends = ends;
        this.positions = positions;
        this.timer = timer;
        this.nanoClock = nanoClock;
        this.wallClock = wallClock;
        this.counters = counters;
        this.onLongAbsence = onLongAbsence;
    }

    /** Sets which partitions are proved; {@code partitions} is the ledger's number of them. */
    void follow(int partitions, List<TopicPartition> all, Duration maxAbsence) {
        tables = ProvedTables.of(partitions, all, maxAbsence);
    }

    @Override
    public Duration staleness() {
        var proof = lastProof;
        return proof == null ? NEVER : Duration.ofNanos(nanoClock.getAsLong() - proof.sentNanos());
    }

    @Override
    public CompletionStage<Boolean> prove(OrganizationId organization, Duration within) {
        var current = tables;
        if (current == null) {
            return CompletableFuture.completedFuture(false);
        }
        return prove(current.of(organization), within);
    }

    @Override
    public CompletionStage<Boolean> proveAllKeys(Duration within) {
        var current = tables;
        return current == null ? CompletableFuture.completedFuture(false) : prove(current.keys(), within);
    }

    private CompletionStage<Boolean> prove(Set<TopicPartition> partitions, Duration within) {
        if (partitions.isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        if (waiters.incrementAndGet() > MAX_WAITING) {
            waiters.decrementAndGet();
            counters.turnedAway.increment();
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<Boolean> shared;
        synchronized (this) {
            if (next.isEmpty()) {
                nextSinceNanos = nanoClock.getAsLong();
            }
            shared = next.computeIfAbsent(partitions, _ -> new CompletableFuture<>());
            if (tables == null) {
                shared.complete(false);
            } else {
                schedule();
            }
        }
        var own = shared.copy().completeOnTimeout(false, within.toNanos(), TimeUnit.NANOSECONDS);
        return own.whenComplete((_, _) -> waiters.decrementAndGet());
    }

    /** Asks, whether somebody waits or not, and gives up on what is too old. Called every 500 ms. */
    synchronized void tick() {
        long now = nanoClock.getAsLong();
        var givenUp = new ArrayList<CompletableFuture<Boolean>>();
        open.removeIf(question -> {
            boolean isOver = now - question.sentNanos > QUESTION_LIFE.toNanos();
            if (isOver) {
                givenUp.addAll(question.waiting());
            }
            return isOver;
        });
        ask();
        // Nothing could be sent for long: whoever waits has gone, and must not be held on to.
        if (!next.isEmpty() && now - nextSinceNanos > ANSWER_TIMEOUT.toNanos()) {
            givenUp.addAll(next.values());
            next = new HashMap<>();
        }
        answer(givenUp, false);
    }

    /** Compares anew; the loader calls it after each batch that it has applied. */
    synchronized void onApplied() {
        if (!open.isEmpty() && isContinuous()) {
            List.copyOf(open).forEach(this::compare);
        }
    }

    /** Forgets all proofs: a table is loaded anew. */
    synchronized void reset() {
        lastProof = null;
        var givenUp = new ArrayList<CompletableFuture<Boolean>>();
        open.forEach(question -> givenUp.addAll(question.waiting()));
        open.clear();
        answer(givenUp, false);
    }

    /** Answers everybody who waits or ever asks again with "no". */
    synchronized void close() {
        tables = null;
        reset();
        answer(next.values(), false);
        next = new HashMap<>();
    }

    private void schedule() {
        if (!isScheduled) {
            isScheduled = true;
            long wait = hasSent ? GAP.toNanos() - (nanoClock.getAsLong() - lastSentNanos) : 0;
            var _ = timer.schedule(this::askScheduled, Math.max(0, wait), TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void askScheduled() {
        isScheduled = false;
        if (!next.isEmpty()) {
            ask();
        }
    }

    private void ask() {
        var current = tables;
        if (current == null
                || open.stream().filter(question -> !question.isAnswered()).count() >= MAX_UNANSWERED) {
            return;
        }
        lastSentNanos = nanoClock.getAsLong();
        hasSent = true;
        counters.questions.increment();
        var question = new Question(lastSentNanos, current.all(), next);
        next = new HashMap<>();
        open.add(question);
        ends.ask(current.all(), ANSWER_TIMEOUT).forEach((partition, end) -> {
            var _ = end.whenComplete(
                    (offset, failure) -> onAnswer(question, partition, failure == null ? offset : null));
        });
    }

    private synchronized void onAnswer(Question question, TopicPartition partition, @Nullable Long end) {
        if (end == null) {
            question.onFailure(partition);
        } else {
            question.onEnd(partition, end);
        }
        if (open.contains(question) && isContinuous()) {
            compare(question);
        }
    }

    private void compare(Question question) {
        answer(question.compare(positions), true);
        answer(question.giveUp(), false);
        if (question.isProof()) {
            counters.proofs.increment();
            var last = lastProof;
            if (last == null || question.sentNanos > last.sentNanos()) {
                lastProof = new Proof(question.sentNanos, wallClock.millis());
            }
        }
        if (question.isProof() || question.isSpent()) {
            open.remove(question);
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
        return last != null
                && current != null
                && last.isOlderThan(current.maxAbsence(), nanoClock.getAsLong(), wallClock.millis());
    }

    /** On the timer's thread: neither Kafka's threads nor this lock wait for what depends on it. */
    private void answer(Collection<CompletableFuture<Boolean>> futures, boolean isProved) {
        if (!futures.isEmpty()) {
            var all = List.copyOf(futures);
            timer.execute(() -> all.forEach(future -> future.complete(isProved)));
        }
    }
}
