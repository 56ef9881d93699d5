package io.keyledger.client;

import io.keyledger.table.Moment;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/** One question for the ends of all tables, and who waits for its answer. Guarded by its {@link KafkaFreshness}. */
final class Question {

    /** A moment before it was sent. */
    final Moment sent;

    private final Map<Set<TopicPartition>, CompletableFuture<Boolean>> waiting;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Set<TopicPartition> unproved;
    private final Set<TopicPartition> failed = new HashSet<>();
    private int unanswered;

    Question(
            Moment sent,
            Collection<TopicPartition> partitions,
            Map<Set<TopicPartition>, CompletableFuture<Boolean>> waiting) {
        this.sent = sent;
        this.unproved = new HashSet<>(partitions);
        this.unanswered = partitions.size();
        this.waiting = waiting;
    }

    void onEnd(TopicPartition partition, long end) {
        unanswered--;
        ends.put(partition, end);
    }

    void onFailure(TopicPartition partition) {
        unanswered--;
        failed.add(partition);
    }

    /** Takes over what has been applied, and returns who is answered by that: "you have it all". */
    Set<CompletableFuture<Boolean>> compare(ToLongFunction<TopicPartition> positions) {
        ends.entrySet().removeIf(end -> {
            boolean isReached = positions.applyAsLong(end.getKey()) >= end.getValue();
            if (isReached) {
                unproved.remove(end.getKey());
            }
            return isReached;
        });
        return take(unproved, false);
    }

    /** Returns who will get no answer, for it would have to tell of a partition that has none. */
    Set<CompletableFuture<Boolean>> giveUp() {
        return take(failed, true);
    }

    boolean isProof() {
        return unproved.isEmpty();
    }

    boolean isAnswered() {
        return unanswered == 0;
    }

    /** Whether it was told of an end that has not been applied. */
    boolean isBehind() {
        return !ends.isEmpty();
    }

    /** Whether nothing more can come of it. */
    boolean isSpent() {
        return isAnswered() && !failed.isEmpty() && waiting.isEmpty();
    }

    private Set<CompletableFuture<Boolean>> take(Set<TopicPartition> partitions, boolean touching) {
        var taken = new HashSet<CompletableFuture<Boolean>>();
        waiting.entrySet().removeIf(waiter -> {
            boolean isTaken = waiter.getKey().stream().anyMatch(partitions::contains) == touching;
            if (isTaken) {
                taken.add(waiter.getValue());
            }
            return isTaken;
        });
        return taken;
    }

    Collection<CompletableFuture<Boolean>> waiting() {
        return waiting.values();
    }
}
