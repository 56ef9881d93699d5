package io.keyledger.key.ledger.streams;

import io.keyledger.event.Topics;
import io.keyledger.key.ledger.streams.LedgerTopics.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/** What a check and a rebuild ask of Kafka itself. All of it throws what Kafka's clients throw. */
final class LedgerAdmin implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    /** Longer than the ledger's transactions may last, and the broker's look at those that have ended. */
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(30);

    private static final Duration LOOK = Duration.ofMillis(20);

    private final KafkaProperties kafka;
    private final Admin admin;

    LedgerAdmin(KafkaProperties kafka) {
        this.kafka = kafka;
        admin = Admin.create(kafka.client("keyledger-check", Map.of()));
    }

    Set<String> topics() {
        return get(admin.listTopics().names());
    }

    /** Makes topics of the ledger, none of which may be there. */
    void create(List<Topic> topics) {
        var events = Objects.requireNonNull(
                get(admin.describeTopics(List.of(Topics.KEY_EVENTS)).allTopicNames())
                        .get(Topics.KEY_EVENTS));
        get(admin.createTopics(topics.stream()
                        .map(topic -> topic.beside(events, kafka.minInsyncReplicas()))
                        .toList())
                .all());
    }

    void delete(Collection<String> topics) {
        if (!topics.isEmpty()) {
            get(admin.deleteTopics(topics).all());
        }
    }

    /**
     * Returns when all that is written now has been committed or aborted: from then on a reader of what is committed
     * misses nothing of it. The rows of one transaction become visible at one moment in each topic.
     */
    void settle(Collection<TopicPartition> partitions) {
        var written = ends(partitions, IsolationLevel.READ_UNCOMMITTED);
        var deadline = System.nanoTime() + SETTLED_WITHIN.toNanos();
        var committed = ends(partitions, IsolationLevel.READ_COMMITTED);
        while (isBefore(committed, written)) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        "Expected the transactions in " + partitions + " to end, but one is still open after "
                                + SETTLED_WITHIN.toSeconds() + " s: look with kafka-transactions.sh find-hanging.");
            }
            sleep(LOOK);
            committed = ends(partitions, IsolationLevel.READ_COMMITTED);
        }
    }

    /** The end of each partition. */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions, IsolationLevel isolation) {
        var asked = partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
        var ends = new HashMap<TopicPartition, Long>();
        get(admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all())
                .forEach((partition, found) -> ends.put(partition, found.offset()));
        return ends;
    }

    /** Who is in a consumer group, also those that the broker only waits for; for people. */
    List<String> members(String group) {
        try {
            return get(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
                    .flatMap(described -> described.members().stream())
                    .map(member -> member.groupInstanceId().orElse(member.consumerId()) + " at " + member.host())
                    .toList();
        } catch (GroupIdNotFoundException _) {
            return List.of();
        }
    }

    /** What a consumer group has committed, once no transaction of it is open. */
    Map<TopicPartition, OffsetAndMetadata> committed(String group) {
        try {
            var offsets = new HashMap<>(
                    get(admin.listConsumerGroupOffsets(group, new ListConsumerGroupOffsetsOptions().requireStable(true))
                            .partitionsToOffsetAndMetadata()));
            offsets.values().removeIf(offset -> offset == null);
            return offsets;
        } catch (GroupIdNotFoundException _) {
            return Map.of();
        }
    }

    /** Sets what a consumer group without members has committed. */
    void commit(String group, Map<TopicPartition, OffsetAndMetadata> offsets) {
        get(admin.alterConsumerGroupOffsets(group, offsets).all());
    }

    static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        admin.close(TIMEOUT);
    }

    private static boolean isBefore(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> written) {
        return written.entrySet().stream().anyMatch(end -> committed.getOrDefault(end.getKey(), 0L) < end.getValue());
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException("Expected an answer of Kafka within " + TIMEOUT.toSeconds() + " s.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        }
    }
}
