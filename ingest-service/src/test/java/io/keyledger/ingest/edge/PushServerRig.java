package io.keyledger.ingest.edge;

import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.ingest.gate.FakeTables;
import io.keyledger.ingest.gate.KeyGate;
import io.keyledger.ingest.protocol.PayloadLimits;
import io.keyledger.ingest.telemetry.TelemetryRecord;
import io.keyledger.ingest.usage.DenialBook;
import io.keyledger.ingest.usage.PushMeters;
import io.keyledger.ingest.usage.PushRecorder;
import io.keyledger.ingest.usage.UsageBook;
import io.keyledger.table.FakeFreshness;
import io.keyledger.table.StalenessRule.Standing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.util.unit.DataSize;

/** The agents' port on its own, with one key that holds; a test says when Kafka has acknowledged. */
abstract class PushServerRig {

    static final String KEY = "11111111-1111-4111-8111-111111111111";
    static final String PING = "GET /ping HTTP/1.1\r\nHost: x\r\n\r\n";
    static final String LAST_PING = "GET /ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    static final String LINE = "cpu,host=a v=1 1\n";
    static final String PUSH = "POST /api/v1/push HTTP/1.1\r\nHost: x\r\nX-API-Key: " + KEY + "\r\nContent-Length: "
            + LINE.length() + "\r\n\r\n" + LINE;

    static final PushProperties LIMITS = new PushProperties(
            DataSize.ofMegabytes(1),
            DataSize.ofMegabytes(1),
            1_000,
            DataSize.ofMegabytes(4),
            DataSize.ofMegabytes(4),
            Duration.ofSeconds(5),
            Duration.ofMillis(100),
            DataSize.ofKilobytes(64),
            DataSize.ofMegabytes(1),
            Duration.ofMillis(200));

    /** Where large bodies are decompressed and looked through. */
    volatile Executor elsewhere = Runnable::run;

    /** What happens between the decision and the publication. */
    volatile Runnable pause = () -> {};

    volatile Standing age = Standing.FRESH;
    final FakeTables tables =
            new FakeTables().settings(OrganizationSettings.DEFAULT).key(KEY, null, KeyStatus.ACTIVE);
    final ByteBudget budget = new ByteBudget(4_000_000, 4_000_000);
    final Queue<TelemetryRecord> published = new ConcurrentLinkedQueue<>();
    final CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    final PushServer server = server(0, null);

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    Endpoints endpoints(MeterRegistry registry) {
        var recorder = new PushRecorder(new PushMeters(registry), new UsageBook(10), new DenialBook(10));
        var gate = new ProvenGate(
                new KeyGate(tables),
                new FakeFreshness(),
                new Loaded(),
                Duration.ofSeconds(1),
                InstantSource.system(),
                Runnable::run);
        return new Endpoints(new PushHandler(
                gate,
                records -> {
                    pause.run();
                    records.forEachRemaining(published::add);
                    return acknowledged;
                },
                recorder,
                budget,
                new PushBodies(LIMITS, task -> elsewhere.execute(task)),
                LIMITS,
                new PayloadLimits(100_000, 1_000),
                InstantSource.system()));
    }

    PushServer server(int port, @Nullable Tls tls) {
        var registry = new SimpleMeterRegistry();
        var listen = new ListenProperties(port, InetAddress.getLoopbackAddress(), null, 100, Duration.ofSeconds(30));
        var connections = new Connections(listen.maxConnections(), registry);
        return new PushServer(
                listen, connections, new ConnectionInitializer(connections, tls, listen, endpoints(registry), LIMITS));
    }

    Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    static String pong(String connection) {
        return "HTTP/1.1 204 No Content\r\nX-Influxdb-Version: 1.8.10\r\nConnection: " + connection + "\r\n\r\n";
    }

    static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    /** All that comes until the server closes. */
    String exchange(String request) throws IOException {
        try (var socket = connect()) {
            send(socket, request);
            return rest(socket);
        }
    }

    private final class Loaded implements TableStanding {
        @Override
        public boolean loaded() {
            return true;
        }

        @Override
        public Standing age() {
            return age;
        }
    }
}
