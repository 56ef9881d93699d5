package io.keyledger.client;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** A followed topic as it is in Kafka, and how far its loading is. Used by the loader's thread alone. */
final class LoadedTopic {

    final FollowedTopic spec;
    final Uuid id;
    final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> targets = new HashMap<>();
    private boolean isLoaded;

    LoadedTopic(FollowedTopic spec, TopicDescription description) {
        this.spec = spec;
        this.id = description.topicId();
        this.partitions = IntStream.range(0, description.partitions().size())
                .mapToObj(partition -> new TopicPartition(spec.name(), partition))
                .toList();
    }

    /** Loaded means that these positions have been reached. */
    void target(Map<TopicPartition, Long> ends) {
        targets.putAll(ends);
    }

    boolean isLoaded() {
        return isLoaded;
    }

    /** Looks whether it is loaded by now; true once, when it becomes so. */
    boolean becomesLoaded(Map<TopicPartition, Long> positions) {
        if (isLoaded
                || !targets.entrySet().stream()
                        .allMatch(target -> positions.getOrDefault(target.getKey(), -1L) >= target.getValue())) {
            return false;
        }
        isLoaded = true;
        return true;
    }

    /** Those of these topics that are meant. */
    static List<TopicPartition> partitionsOf(Collection<LoadedTopic> topics, Predicate<FollowedTopic> which) {
        return topics.stream()
                .filter(topic -> which.test(topic.spec))
                .flatMap(topic -> topic.partitions.stream())
                .toList();
    }
}
