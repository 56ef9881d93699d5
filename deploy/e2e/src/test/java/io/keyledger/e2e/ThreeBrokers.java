package io.keyledger.e2e;

import io.keyledger.local.BrokerLink;
import io.keyledger.local.LocalBroker;
import io.keyledger.local.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;

/**
 * A cluster whose third broker leads everything and can be cut off from the other two, while a client near it still
 * reaches it, alone or with the others. The first is the controller.
 */
final class ThreeBrokers implements AutoCloseable {

    private static final int SIZE = 3;
    private static final int LEADER = 3;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final int controllerPort = Ports.free();
    private final BrokerLink controller = new BrokerLink(controllerPort);
    private final List<BrokerLink> replication = links();
    private final List<BrokerLink> near = links();
    private final List<LocalBroker> brokers = new ArrayList<>();

    ThreeBrokers(Path directory) {
        var clusterId = Uuid.randomUuid().toString();
        for (int id = 1; id <= SIZE; id++) {
            var settings = new LocalBroker.Settings(
                            directory.resolve("broker-" + id), Ports.free(), controllerPort, Map.of())
                    .with("node.id", "" + id)
                    .with("broker.session.timeout.ms", "6000")
                    .with("process.roles", id == 1 ? "broker,controller" : "broker")
                    .with("controller.quorum.voters", "1@" + controller.bootstrapServers());
            var linked = BrokerLink.listeners(settings, List.of(replication.get(id - 1), near.get(id - 1)))
                    .with("inter.broker.listener.name", "LINK0");
            brokers.add(LocalBroker.start(id == 1 ? advertised(linked) : linked, clusterId));
        }
    }

    /** Whoever asked the controller goes on by the address that it names. */
    private LocalBroker.Settings advertised(LocalBroker.Settings broker) {
        var name = "advertised.listeners";
        return broker.with(name, broker.overrides().get(name) + ",CONTROLLER://" + controller.bootstrapServers());
    }

    /** Makes topics of one partition, led by the third broker, of which two brokers must have each record. */
    void create(Collection<String> topics) throws Exception {
        try (var admin = admin()) {
            admin.createTopics(topics.stream()
                            .map(topic -> new NewTopic(topic, Map.of(0, List.of(LEADER, 1, 2)))
                                    .configs(Map.of("min.insync.replicas", "2")))
                            .toList())
                    .all()
                    .get();
        }
    }

    /** The ways of a client near the third broker. */
    String near() {
        return near.stream().map(BrokerLink::bootstrapServers).collect(Collectors.joining(","));
    }

    /** The way of everybody else, who reaches the third broker as the other two do. */
    String others() {
        return replication.get(0).bootstrapServers() + "," + replication.get(1).bootstrapServers();
    }

    /** Cuts the client near the third broker off from the other two. */
    void cutClient() {
        near.subList(0, LEADER - 1).forEach(link -> link.cut(_ -> true));
    }

    /** Cuts the third broker off from the other two, and waits until these have another leader. */
    void isolate(String topic) {
        try (var admin = admin()) {
            Await.until(
                    "three replicas", LONG, () -> partition(admin, topic).isr().size() == SIZE);
        }
        controller.cut(ThreeBrokers::isLeader);
        replication.get(LEADER - 1).cut(_ -> true);
        for (int other = 0; other < LEADER - 1; other++) {
            replication.get(other).cut(ThreeBrokers::isLeader);
        }
        try (var admin = admin()) {
            Await.until("another leader", LONG, () -> {
                var leader = partition(admin, topic).leader();
                return leader != null && leader.id() != LEADER;
            });
        }
    }

    void mend() {
        controller.mend();
        replication.forEach(BrokerLink::mend);
        near.forEach(BrokerLink::mend);
    }

    @Override
    public void close() {
        mend();
        brokers.reversed().forEach(LocalBroker::close);
        controller.close();
        replication.forEach(BrokerLink::close);
        near.forEach(BrokerLink::close);
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", others(), "request.timeout.ms", 2_000));
    }

    private static TopicPartitionInfo partition(Admin admin, String topic) {
        try {
            var found = admin.describeTopics(List.of(topic)).allTopicNames().get();
            return Objects.requireNonNull(found.get(topic)).partitions().getFirst();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a Kafka client of this id is the third broker itself: it has one for each thing that it asks the others. */
    private static boolean isLeader(String clientId) {
        return clientId.equals("" + LEADER)
                || clientId.equals("raft-client-" + LEADER)
                || clientId.startsWith("broker-" + LEADER);
    }

    private static List<BrokerLink> links() {
        return IntStream.range(0, SIZE).mapToObj(_ -> new BrokerLink()).toList();
    }
}
