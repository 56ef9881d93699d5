package io.keyledger.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * The slow one of three brokers. What it leads itself it has at once, and who follows it is not late: where it led what,
 * by chance, would decide what is measured. So it leads nothing.
 */
final class SlowFollower {

    private static final int SLOW = 3;
    private static final Duration LOOK = Duration.ofMillis(200);

    private SlowFollower() {}

    /** Hands the lead of all that is there on; returns when the others have it. */
    static void leadsNothing(String bootstrapServers) throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            var others = new HashMap<TopicPartition, Optional<NewPartitionReassignment>>();
            for (var topic : topics(admin)) {
                for (var partition : topic.partitions()) {
                    var order = new ArrayList<>(
                            partition.replicas().stream().map(Node::id).toList());
                    if (order.removeIf(id -> id == SLOW)) {
                        order.add(SLOW);
                        others.put(
                                new TopicPartition(topic.name(), partition.partition()),
                                Optional.of(new NewPartitionReassignment(order)));
                    }
                }
            }
            admin.alterPartitionReassignments(others).all().get();
            while (isLeading(admin)) {
                // Refused where the leader is the right one already, or the new order is not known yet.
                admin.electLeaders(ElectionType.PREFERRED, others.keySet())
                        .partitions()
                        .get();
                Thread.sleep(LOOK);
            }
        }
    }

    private static boolean isLeading(Admin admin) throws ExecutionException, InterruptedException {
        return topics(admin).stream()
                .flatMap(topic -> topic.partitions().stream())
                .map(TopicPartitionInfo::leader)
                .anyMatch(leader -> leader == null || leader.id() == SLOW);
    }

    private static Collection<TopicDescription> topics(Admin admin) throws ExecutionException, InterruptedException {
        var names = admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
        return admin.describeTopics(names).allTopicNames().get().values();
    }
}
