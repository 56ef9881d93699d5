package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.Topics;
import io.keyledger.key.ledger.streams.LedgerTopics.Topic;
import io.keyledger.local.LocalBroker;
import io.keyledger.local.LocalCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger's topics on three brokers. */
class KafkaTopicsIT {

    private static final int PARTITIONS = 4;

    @TempDir
    private Path dir;

    @Test
    void whatOneTransactionWritesLiesOnTheSameBrokersInTheSameOrder() throws Exception {
        var first = LocalBroker.Settings.ephemeral(dir.resolve("kafka"));
        try (var cluster = LocalCluster.start(first, Duration.ZERO)) {
            var kafka = new KafkaProperties(cluster.bootstrapServers(), (short) 3, Map.of());
            try (var admin = Admin.create(kafka.client("test", Map.of()))) {
                var topics = new KafkaTopics(admin, kafka);
                topics.make(LedgerTopics.all(PARTITIONS));
                topics.make(LedgerTopics.changelogs(LedgerGeneration.FIRST, PARTITIONS));
                // As a rebuild does.
                try (var ledger = new LedgerAdmin(kafka)) {
                    ledger.create(LedgerTopics.changelogs(LedgerGeneration.FIRST.next(), PARTITIONS));
                }

                var ofEvents = replicas(admin, List.of(Topics.KEY_EVENTS));
                assertThat(ofEvents)
                        .hasSize(1)
                        .first()
                        .satisfies(partitions -> assertThat(partitions)
                                .hasSize(PARTITIONS)
                                .allSatisfy(replicas -> assertThat(replicas).hasSize(3)));
                assertThat(replicas(admin, written())).isEqualTo(ofEvents);
            }
        }
    }

    private static List<String> written() {
        return Stream.of(
                        LedgerTopology.WRITTEN.stream(),
                        changelogs(LedgerGeneration.FIRST),
                        changelogs(LedgerGeneration.FIRST.next()))
                .flatMap(topics -> topics)
                .toList();
    }

    private static Stream<String> changelogs(LedgerGeneration generation) {
        return LedgerTopics.changelogs(generation, PARTITIONS).stream().map(Topic::name);
    }

    /** Of each partition its brokers, the leader first; what is the same for several topics is there once. */
    private static Collection<List<List<Integer>>> replicas(Admin admin, List<String> topics) throws Exception {
        var found = new HashSet<List<List<Integer>>>();
        admin.describeTopics(topics)
                .allTopicNames()
                .get()
                .values()
                .forEach(topic -> found.add(topic.partitions().stream()
                        .map(partition ->
                                partition.replicas().stream().map(Node::id).toList())
                        .toList()));
        return found;
    }
}
