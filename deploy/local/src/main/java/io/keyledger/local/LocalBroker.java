package io.keyledger.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker and controller (KRaft) in this JVM, on a kept directory. To stop and start it again on the same
 * directory and ports: {@code close()}, then {@code LocalBroker.start(broker.settings())}.
 *
 * <p>A fatal fault ends the JVM: that is Kafka's own answer, and the supervisor's part to mend.
 */
public final class LocalBroker implements AutoCloseable {
    private static final String CONTROLLER = "CONTROLLER";
    private static final String HOST = "127.0.0.1";

    private final Settings settings;
    private final KafkaRaftServer server;
    private boolean closed;

    private LocalBroker(Settings settings, KafkaRaftServer server) {
        this.settings = settings;
        this.server = server;
    }

    /**
     * What one broker is.
     *
     * @param dataDir kept over restarts; made when absent
     * @param port clients connect here
     * @param controllerPort the controller's own listener
     * @param overrides Kafka's broker properties that replace or add to those of {@link LocalBroker}
     */
    public record Settings(Path dataDir, int port, int controllerPort, Map<String, String> overrides) {
        public Settings {
            overrides = Map.copyOf(overrides);
        }

        /** Free ports, nothing overridden. */
        public static Settings ephemeral(Path dataDir) {
            return new Settings(dataDir, Ports.free(), Ports.free(), Map.of());
        }

        /** The same with one more broker property. */
        public Settings with(String property, String value) {
            var more = new HashMap<>(overrides);
            more.put(property, value);
            return new Settings(dataDir, port, controllerPort, more);
        }
    }

    /** Starts on free ports; returns when clients can connect. */
    public static LocalBroker start(Path dataDir) {
        return start(Settings.ephemeral(dataDir));
    }

    /** Starts; returns when clients can connect. */
    public static LocalBroker start(Settings settings) {
        return start(settings, null);
    }

    /** Starts one of a cluster; {@code clusterId} is what its folder is formatted with, null for one of its own. */
    public static LocalBroker start(Settings settings, @Nullable String clusterId) {
        try {
            Files.createDirectories(settings.dataDir());
            var properties = properties(settings);
            format(settings.dataDir(), clusterId, settings.overrides().getOrDefault("node.id", "1"));
            var server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
            server.startup();
            return new LocalBroker(settings, server);
        } catch (Exception e) {
            throw new IllegalStateException("Expected a broker on " + HOST + ":" + settings.port(), e);
        }
    }

    public Settings settings() {
        return settings;
    }

    public String bootstrapServers() {
        return HOST + ":" + settings.port();
    }

    /** Stops cleanly; returns when the ports are free. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            server.shutdown();
            server.awaitShutdown();
        }
    }

    /** Returns when the broker has ended, whoever ended it. */
    public void awaitShutdown() {
        server.awaitShutdown();
    }

    private static void format(Path dataDir, @Nullable String clusterId, String nodeId) throws Exception {
        String dir = dataDir.toString();
        try (var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setClusterId(clusterId == null ? clusterId(dataDir) : clusterId)
                    .setNodeId(Integer.parseInt(nodeId))
                    .addDirectory(dir)
                    .setMetadataLogDirectory(dir)
                    .setControllerListenerName(CONTROLLER)
                    .setIgnoreFormatted(true)
                    .setPrintStream(silent)
                    .run();
        }
    }

    /** The id that this directory was formatted with, or a new one. */
    private static String clusterId(Path dataDir) throws IOException {
        Path formatted = dataDir.resolve("meta.properties");
        if (!Files.exists(formatted)) {
            return Uuid.randomUuid().toString();
        }
        try (var lines = Files.lines(formatted)) {
            return lines.filter(line -> line.startsWith("cluster.id="))
                    .map(line -> line.substring("cluster.id=".length()))
                    .findFirst()
                    .orElseThrow(() -> new IOException("Expected a cluster.id in " + formatted));
        }
    }

    private static Map<String, String> properties(Settings settings) {
        var properties = new HashMap<String, String>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@" + HOST + ":" + settings.controllerPort());
        properties.put("controller.listener.names", CONTROLLER);
        properties.put(
                "listeners",
                "PLAINTEXT://" + HOST + ":" + settings.port() + "," + CONTROLLER + "://" + HOST + ":"
                        + settings.controllerPort());
        properties.put("log.dirs", settings.dataDir().toString());
        properties.put("auto.create.topics.enable", "false");
        // One broker: every internal topic has one replica, and one partition is enough for a machine's clients.
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.num.partitions", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        // Streams' static members ask for 6 s; a test may want less.
        properties.put("group.min.session.timeout.ms", "1000");
        // After a crash the controller waits for the old registration to end: 2 s instead of 9.
        properties.put("broker.session.timeout.ms", "2000");
        properties.put("broker.heartbeat.interval.ms", "500");
        // A transaction left open by a crash holds every read-committed reader until this looks at it.
        properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "2000");
        // The default takes 128 MiB of heap.
        properties.put("log.cleaner.dedupe.buffer.size", "4194304");
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
        properties.put("num.recovery.threads.per.data.dir", "2");
        properties.putAll(settings.overrides());
        return properties;
    }
}
