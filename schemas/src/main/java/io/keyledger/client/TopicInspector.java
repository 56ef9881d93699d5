package io.keyledger.client;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks Kafka about topics. */
final class TopicInspector implements AutoCloseable {

    private static final Duration DEFAULT_DELETE_RETENTION = Duration.ofDays(1);

    private final Admin admin;

    TopicInspector(LedgerConnection connection) {
        admin = Admin.create(connection.clientProperties(
                "admin",
                Map.of(
                        // So soon it learns that the others no longer count a broker, and asks that one no more.
                        "metadata.max.age.ms", "1000",
                        "reconnect.backoff.ms", "50",
                        "reconnect.backoff.max.ms", "500",
                        "retry.backoff.ms", "20",
                        "request.timeout.ms", "5000",
                        "default.api.timeout.ms", "5000",
                        "enable.metrics.push", "false",
                        // "rebootstrap" goes round without a pause while no broker can be reached (4.2.1).
                        "metadata.recovery.strategy", "none")));
    }

    /**
     * The topics that exist, as they are now.
     *
     * @throws KafkaException if Kafka is away
     */
    Map<String, TopicDescription> describe(Collection<String> topics, Duration timeout) throws InterruptedException {
        var found = new HashMap<String, TopicDescription>();
        for (var topic : askFor(topics, timeout).entrySet()) {
            try {
                found.put(topic.getKey(), get(topic.getValue(), timeout));
            } catch (UnknownTopicOrPartitionException _) {
                // Not there: not in the answer.
            }
        }
        return found;
    }

    /** Like {@link #describe}, without waiting; each topic is answered, or fails, by itself. */
    Map<String, CompletionStage<TopicDescription>> describeLater(Collection<String> topics, Duration timeout) {
        var answers = new HashMap<String, CompletionStage<TopicDescription>>();
        askFor(topics, timeout).forEach((topic, answer) -> answers.put(topic, answer.toCompletionStage()));
        return answers;
    }

    private Map<String, KafkaFuture<TopicDescription>> askFor(Collection<String> topics, Duration timeout) {
        var options = new DescribeTopicsOptions().timeoutMs(Math.toIntExact(timeout.toMillis()));
        return admin.describeTopics(topics, options).topicNameValues();
    }

    /**
     * How long the tombstones of all these topics stay at least.
     *
     * @throws KafkaException if Kafka is away
     */
    Duration deleteRetention(Collection<String> topics, Duration timeout) throws InterruptedException {
        var resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .collect(Collectors.toSet());
        var options = new DescribeConfigsOptions().timeoutMs(Math.toIntExact(timeout.toMillis()));
        var least = DEFAULT_DELETE_RETENTION;
        for (var config :
                get(admin.describeConfigs(resources, options).all(), timeout).values()) {
            var entry = config.get(TopicConfig.DELETE_RETENTION_MS_CONFIG);
            if (entry != null && entry.value() != null) {
                var retention = Duration.ofMillis(Long.parseLong(entry.value()));
                least = retention.compareTo(least) < 0 ? retention : least;
            }
        }
        return least;
    }

    /** The ends of what is committed: no record before them belongs to an open transaction. */
    Map<TopicPartition, CompletionStage<Long>> committedEnds(Collection<TopicPartition> partitions, Duration timeout) {
        return ends(partitions, IsolationLevel.READ_COMMITTED, timeout);
    }

    /** The ends of all that is written. */
    Map<TopicPartition, CompletionStage<Long>> writtenEnds(Collection<TopicPartition> partitions, Duration timeout) {
        return ends(partitions, IsolationLevel.READ_UNCOMMITTED, timeout);
    }

    private Map<TopicPartition, CompletionStage<Long>> ends(
            Collection<TopicPartition> partitions, IsolationLevel isolation, Duration timeout) {
        var latest = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        var options = new ListOffsetsOptions(isolation).timeoutMs(Math.toIntExact(timeout.toMillis()));
        var answer = admin.listOffsets(latest, options);
        var ends = new HashMap<TopicPartition, CompletionStage<Long>>();
        for (var partition : partitions) {
            ends.put(
                    partition,
                    answer.partitionResult(partition).toCompletionStage().thenApply(result -> result.offset()));
        }
        return ends;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }

    private static <T> T get(KafkaFuture<T> future, Duration timeout) throws InterruptedException {
        try {
            // A little longer than Kafka's own limit, whose message says more.
            return future.get(timeout.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("Kafka did not answer within " + timeout + ".", e);
        }
    }
}
