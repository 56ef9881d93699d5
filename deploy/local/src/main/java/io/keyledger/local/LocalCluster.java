package io.keyledger.local;

import java.io.IOException;
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
    private static final String HOST = "127.0.0.1";

    private final List<LocalBroker> brokers = new ArrayList<>();
    private final List<DelayingLink> links = new ArrayList<>();
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
    public static LocalCluster start(LocalBroker.Settings first, Duration slowness) throws IOException {
        var cluster = new LocalCluster(first, slowness);
        try {
            for (int node = 1; node <= SIZE; node++) {
                cluster.startBroker(node);
            }
            return cluster;
        } catch (IOException | RuntimeException e) {
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
        links.forEach(DelayingLink::close);
    }

    private void startBroker(int node) throws IOException {
        // The others reach it through a link that knows who is slow.
        var link = DelayingLink.to(Ports.free(), "broker-" + SIZE + "-fetcher-", slowness);
        links.add(link);
        int port = node == 1 ? first.port() : Ports.free();
        var properties = new HashMap<>(common());
        var listeners = listeners(port, link.target());
        if (node > 1) {
            properties.put("process.roles", "broker");
        } else {
            listeners += ",CONTROLLER://" + HOST + ":" + first.controllerPort();
        }
        properties.put("node.id", Integer.toString(node));
        properties.put("listeners", listeners);
        properties.put("advertised.listeners", listeners(port, link.port()));
        properties.putAll(first.overrides());
        Path folder = first.dataDir().resolveSibling(first.dataDir().getFileName() + "-" + node);
        brokers.add(LocalBroker.start(new LocalBroker.Settings(folder, port, first.controllerPort(), properties), id));
    }

    private static String listeners(int clients, int brokers) {
        return "PLAINTEXT://" + HOST + ":" + clients + ",REPLICATION://" + HOST + ":" + brokers;
    }

    private static Map<String, String> common() {
        return Map.of(
                "inter.broker.listener.name", "REPLICATION",
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,REPLICATION:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "default.replication.factor", "3",
                "min.insync.replicas", "2",
                "offsets.topic.replication.factor", "3",
                "transaction.state.log.replication.factor", "3",
                "transaction.state.log.min.isr", "2");
    }
}
