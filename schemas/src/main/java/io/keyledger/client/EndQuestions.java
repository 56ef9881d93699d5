package io.keyledger.client;

import io.keyledger.table.Moment;
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
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Questions for the ends of partitions, and who waits until everything is applied that was there when it was asked.
 * Whoever waits before a question is sent shares it; positions are compared when the answer comes and again after each
 * batch that the loader has applied.
 */
final class EndQuestions {

    static final int MAX_WAITING = 10_000;
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration QUESTION_LIFE = Duration.ofSeconds(10);
    /** So many questions without an answer say that Kafka is away; one more would not change it. */
    private static final int MAX_UNANSWERED = 4;

    private final EndOffsets ends;
    private final ToLongFunction<TopicPartition> positions;
    private final ScheduledExecutorService timer;
    private final Supplier<Moment> clock;
    private final LoaderCounters counters;
    private final Duration gap;
    private final AtomicInteger waiters = new AtomicInteger();
    private final List<Question> open = new ArrayList<>();
    private Map<Set<TopicPartition>, CompletableFuture<Boolean>> next = new HashMap<>();
    private long nextSinceNanos;
    private boolean isScheduled;
    private long lastSentNanos;
    private boolean hasSent;
    private BooleanSupplier mayCompare = () -> true;
    private Consumer<Moment> onAllReached = _ -> {};
    private @Nullable List<TopicPartition> partitions;

    /**
     * Begins without partitions: nothing can be asked until {@link #follow}.
     *
     * @param positions the next offset to apply; -1 while a topic is being loaded anew
     * @param gap the least time between two questions
     */
    EndQuestions(
            EndOffsets ends,
            ToLongFunction<TopicPartition> positions,
            ScheduledExecutorService timer,
            Supplier<Moment> clock,
            LoaderCounters counters,
            Duration gap) {
        this.ends = ends;
        this.positions = positions;
        this.timer = timer;
        this.clock = clock;
        this.counters = counters;
        this.gap = gap;
    }

    /**
     * Tells of each question of which all ends were reached.
     *
     * @param may asked before positions are compared
     * @param reached told when the question was sent
     */
    EndQuestions tell(BooleanSupplier may, Consumer<Moment> reached) {
        mayCompare = may;
        onAllReached = reached;
        return this;
    }

    /** Sets which partitions are asked for. */
    synchronized void follow(List<TopicPartition> all) {
        partitions = all;
    }

    /** True once all that is there now in {@code wanted} has been applied; false if that takes too long. */
    CompletionStage<Boolean> whenReached(Set<TopicPartition> wanted, Duration within) {
        if (wanted.isEmpty()) {
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
                nextSinceNanos = nanos();
            }
            shared = next.computeIfAbsent(wanted, _ -> new CompletableFuture<>());
            if (partitions == null) {
                shared.complete(false);
            } else {
                schedule();
            }
        }
        var own = shared.copy().completeOnTimeout(false, within.toNanos(), TimeUnit.NANOSECONDS);
        return own.whenComplete((_, _) -> waiters.decrementAndGet());
    }

    /** Gives up on what is too old; to be called now and then. */
    synchronized void expire() {
        long now = nanos();
        var givenUp = new ArrayList<CompletableFuture<Boolean>>();
        open.removeIf(question -> {
            boolean isOver = now - question.sent.nanos() > QUESTION_LIFE.toNanos();
            if (isOver) {
                givenUp.addAll(question.waiting());
            }
            return isOver;
        });
        // Nothing could be sent for long: whoever waits has gone, and must not be held on to.
        if (!next.isEmpty() && now - nextSinceNanos > ANSWER_TIMEOUT.toNanos()) {
            givenUp.addAll(next.values());
            next = new HashMap<>();
        }
        answer(givenUp, false);
    }

    /** Asks, whether somebody waits or not. */
    synchronized void ask() {
        var all = partitions;
        if (all == null
                || open.stream().filter(question -> !question.isAnswered()).count() >= MAX_UNANSWERED) {
            return;
        }
        var sent = clock.get();
        lastSentNanos = sent.nanos();
        hasSent = true;
        counters.questions.increment();
        var question = new Question(sent, all, next);
        next = new HashMap<>();
        open.add(question);
        ends.ask(all, ANSWER_TIMEOUT).forEach((partition, end) -> {
            var _ = end.whenComplete(
                    (offset, failure) -> onAnswer(question, partition, failure == null ? offset : null));
        });
    }

    /** Whether not all has been applied that was there so long ago, or longer. */
    synchronized boolean isBehind(Duration by) {
        long now = nanos();
        return open.stream().anyMatch(question -> question.isBehind() && now - question.sent.nanos() >= by.toNanos());
    }

    /** Compares anew; the loader calls it after each batch that it has applied. */
    synchronized void onApplied() {
        if (!open.isEmpty() && mayCompare.getAsBoolean()) {
            List.copyOf(open).forEach(this::compare);
        }
    }

    /** Answers everybody whose question was sent with "no": a topic is loaded anew. */
    synchronized void reset() {
        var givenUp = new ArrayList<CompletableFuture<Boolean>>();
        open.forEach(question -> givenUp.addAll(question.waiting()));
        open.clear();
        answer(givenUp, false);
    }

    /** Answers everybody who waits or ever asks again with "no". */
    synchronized void close() {
        partitions = null;
        reset();
        answer(next.values(), false);
        next = new HashMap<>();
    }

    private long nanos() {
        return clock.get().nanos();
    }

    private void schedule() {
        if (!isScheduled) {
            isScheduled = true;
            long wait = hasSent ? gap.toNanos() - (nanos() - lastSentNanos) : 0;
            var _ = timer.schedule(this::askScheduled, Math.max(0, wait), TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void askScheduled() {
        isScheduled = false;
        if (!next.isEmpty()) {
            ask();
        }
    }

    private synchronized void onAnswer(Question question, TopicPartition partition, @Nullable Long end) {
        if (end == null) {
            question.onFailure(partition);
        } else {
            question.onEnd(partition, end);
        }
        if (open.contains(question) && mayCompare.getAsBoolean()) {
            compare(question);
        }
    }

    private void compare(Question question) {
        answer(question.compare(positions), true);
        answer(question.giveUp(), false);
        if (question.isProof()) {
            onAllReached.accept(question.sent);
        }
        if (question.isProof() || question.isSpent()) {
            open.remove(question);
        }
    }

    /** On the timer's thread: neither Kafka's threads nor this lock wait for what depends on it. */
    private void answer(Collection<CompletableFuture<Boolean>> futures, boolean isReached) {
        if (!futures.isEmpty()) {
            var all = List.copyOf(futures);
            timer.execute(() -> all.forEach(future -> future.complete(isReached)));
        }
    }
}
