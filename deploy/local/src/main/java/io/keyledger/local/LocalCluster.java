package io.keyledger.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/**
 * Three brokers in this JVM, the first of them the controller too; two of them must have what is acknowledged. For trials:
 * the ports of the second and the third are new at each start, and the folders must be new.
 */
public final class LocalCluster implements AutoCloseable {

    private static final int SIZE = 3;
    private static final Map<String, String> REPLICATED = Map.of(
            "default.replication.factor", "3",
            "min.insync.replicas", "2",
            "offsets.topic.replication.factor", "3",
            "transaction.state.log.replication.factor", "3",
            "transaction.state.log.min.isr", "2");

    private final List<LocalBroker> brokers = new ArrayList<>();
    private final List<BrokerLink> links = new ArrayList<>();
    private final String id = Uuid.randomUuid().toString();
    private final LocalBroker.Settings first;
    private final Duration slowness;

    private LocalCluster(LocalBroker.Settings first, Duration slowness) {
        this.first = first;
        this.slowness = slowness;
    }

    /**
     * Starts all three; returns when clients can connect to each.
     *
     * @param first the first one's; the folders of the others lie beside its own
     * @param slowness how long whatever the third broker fetches from the others is held up
     */
    public static LocalCluster start(LocalBroker.Settings first, Duration slowness) {
        var cluster = new LocalCluster(first, slowness);
        try {
            for (int node = 1; node <= SIZE; node++) {
                cluster.startBroker(node);
            }
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** Of all brokers. */
    public String bootstrapServers() {
        return brokers.stream().map(LocalBroker::bootstrapServers).collect(Collectors.joining(","));
    }

    /** Returns when the first broker has ended, whoever ended it. */
    public void awaitShutdown() {
        brokers.getFirst().awaitShutdown();
    }

    /** The controller last: the others take leave of it. */
    @Override
    public void close() {
        brokers.reversed().forEach(LocalBroker::close);
        links.forEach(BrokerLink::close);
    }

    private void startBroker(int node) {
        var link = new BrokerLink();
        link.slow(id -> id.startsWith("broker-" + SIZE + "-fetcher-"), slowness);
        links.add(link);
        Path folder = first.dataDir().resolveSibling(first.dataDir().getFileName() + "-" + node);
        int port = node == 1 ? first.port() : Ports.free();
        var properties = new HashMap<>(REPLICATED);
        properties.put("node.id", Integer.toString(node));
        properties.put("process.roles", node == 1 ? "broker,controller" : "broker");
        properties.putAll(first.overrides());
        var settings = new LocalBroker.Settings(folder, port, first.controllerPort(), properties);
        // The others reach it by the link, which knows who is slow.
        var linked = BrokerLink.listeners(settings, List.of(link)).with("inter.broker.listener.name", "LINK0");
        brokers.add(LocalBroker.start(linked, id));
    }
}
