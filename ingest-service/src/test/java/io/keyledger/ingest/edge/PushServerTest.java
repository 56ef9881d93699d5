package io.keyledger.ingest.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.ingest.gate.FakeTables;
import io.keyledger.ingest.gate.KeyGate;
import io.keyledger.ingest.protocol.PayloadLimits;
import io.keyledger.ingest.usage.DenialBook;
import io.keyledger.ingest.usage.PushMeters;
import io.keyledger.ingest.usage.PushRecorder;
import io.keyledger.ingest.usage.UsageBook;
import io.keyledger.table.Freshness;
import io.keyledger.table.StalenessRule.Standing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.util.unit.DataSize;

/** The agents' port on its own: connections, requests one after the other, TLS, and the end. */
class PushServerTest {

    private static final String KEY = "11111111-1111-4111-8111-111111111111";
    private static final String PING = "GET /ping HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String LAST_PING = "GET /ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private static final String LINE = "cpu,host=a v=1 1\n";
    private static final String PUSH = "POST /api/v1/push HTTP/1.1\r\nHost: x\r\nX-API-Key: " + KEY
            + "\r\nContent-Length: " + LINE.length() + "\r\n\r\n" + LINE;

    private static final PushProperties LIMITS = new PushProperties(
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

    private final CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    private final PushServer server = server(0, null);

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Endpoints endpoints(MeterRegistry registry) {
        var recorder = new PushRecorder(new PushMeters(registry), new UsageBook(10), new DenialBook(10));
        var tables = new FakeTables().settings(OrganizationSettings.DEFAULT).key(KEY, null, KeyStatus.ACTIVE);
        var gate = new ProvenGate(
                new KeyGate(tables),
                new Proven(),
                new Loaded(),
                Duration.ofSeconds(1),
                InstantSource.system(),
                Runnable::run);
        return new Endpoints(new PushHandler(
                gate,
                records -> {
                    records.forEachRemaining(_ -> {});
                    return acknowledged;
                },
                recorder,
                new ByteBudget(1_000_000, 1_000_000),
                LIMITS,
                new PayloadLimits(100_000, 1_000),
                InstantSource.system()));
    }

    private PushServer server(int port, @Nullable Tls tls) {
        var registry = new SimpleMeterRegistry();
        var listen = new ListenProperties(port, InetAddress.getLoopbackAddress(), null, 100, Duration.ofSeconds(30));
        var connections = new Connections(listen.maxConnections(), registry);
        return new PushServer(
                listen, connections, new ConnectionInitializer(connections, tls, listen, endpoints(registry), LIMITS));
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String pong(String connection) {
        return "HTTP/1.1 204 No Content\r\nX-Influxdb-Version: 1.8.10\r\nConnection: " + connection + "\r\n\r\n";
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    /** All that comes until the server closes. */
    private String exchange(String request) throws IOException {
        try (var socket = connect()) {
            send(socket, request);
            return rest(socket);
        }
    }

    @Test
    void aRequestThatDoesNotWaitIsAnsweredInItsTurn() throws Exception {
        try (var socket = connect()) {
            send(socket, PUSH + LAST_PING);
            socket.setSoTimeout(200);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);

            acknowledged.complete(null);
            socket.setSoTimeout(10_000);
            assertThat(rest(socket)).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n" + pong("close"));
        }
    }

    @Test
    void thousandsMayBeSentAtOnce() throws Exception {
        var answers = exchange(PING.repeat(10_000) + LAST_PING);
        assertThat(answers.split("HTTP/1.1 204", -1)).hasSize(10_002);
    }

    /** Its answers are kept for it only up to a bound: then its requests wait. */
    @Test
    void whoReadsNoAnswersIsNotReadFrom() throws Exception {
        try (var socket = connect()) {
            socket.setSoTimeout(10_000);
            var sender = Thread.ofVirtual().start(() -> {
                try {
                    send(socket, PING.repeat(500_000) + LAST_PING);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(sender.join(Duration.ofSeconds(1))).isFalse();
            assertThat(rest(socket).split("HTTP/1.1 204", -1)).hasSize(500_002);
        }
    }

    @Test
    void aTargetMayNameTheHost() throws Exception {
        assertThat(exchange(LAST_PING.replace("/ping", "http://collector:8081/ping")))
                .startsWith("HTTP/1.1 204");
        assertThat(exchange(LAST_PING.replace("/ping", "*"))).startsWith("HTTP/1.1 404");
    }

    @Test
    void aHeadThatCannotBeReadIsToldSo() throws Exception {
        var tooLong = LAST_PING.replace("Host: x", "X-Long: " + "x".repeat(10_000));
        var noLength = PUSH.replace("Content-Length: ", "Content-Length: x");
        var noParameter = LAST_PING.replace("/ping", "/api/v2/write?precision=%zz");
        for (var request : new String[] {"nonsense\r\n\r\n", tooLong, noLength, noParameter}) {
            assertThat(exchange(request))
                    .startsWith("HTTP/1.1 400 Bad Request\r\n")
                    .contains("Connection: close", "\"code\":\"malformed_request\"");
        }
    }

    @Test
    void aChunkThatCannotBeReadIsToldSo() throws Exception {
        assertThat(exchange(PUSH.replace("Content-Length: " + LINE.length(), "Transfer-Encoding: chunked")))
                .startsWith("HTTP/1.1 400 Bad Request\r\n")
                .contains("body_unreadable");
    }

    @Test
    void anOldClientSaysWhetherItGoesOn() throws Exception {
        var old = "GET /ping HTTP/1.0\r\n\r\n";
        var goesOn = "GET /ping HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
        assertThat(exchange(goesOn + old)).isEqualTo(pong("keep-alive") + pong("close"));
    }

    @Test
    void whoAsksForTheHeadGetsNoBody() throws Exception {
        assertThat(exchange(LAST_PING.replace("GET /ping", "HEAD /health")))
                .contains("Content-Length: ")
                .endsWith("\r\n\r\n");
    }

    @Test
    void atTheEndWhatWasBegunIsAnswered() throws Exception {
        try (var idle = connect();
                var busy = connect()) {
            send(busy, PUSH);
            send(idle, PING);
            assertThat(idle.getInputStream().readNBytes(12)).isNotEmpty();
            var ended = new CountDownLatch(1);
            var port = server.port();
            server.stop(ended::countDown);

            rest(idle);
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
                    .isInstanceOf(IOException.class);
            assertThat(ended.await(200, TimeUnit.MILLISECONDS)).isFalse();

            acknowledged.complete(null);
            assertThat(rest(busy)).isEqualTo("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void itStartsAnew() throws Exception {
        server.stop();
        server.start();
        assertThat(exchange(LAST_PING)).startsWith("HTTP/1.1 204");
    }

    /** A body that came whole before its head was refused is asked for by nobody. */
    @Test
    void aBodyThatNobodyAskedForIsGivenBack() {
        var targets = List.of("/write?precision=%zz", "/write");
        for (var target : targets) {
            var connection = new EmbeddedChannel(
                    new PushConnection(endpoints(new SimpleMeterRegistry()), LIMITS, Duration.ofSeconds(30), null));
            var head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, target);
            head.headers().set("Expect", "100-continue");
            var body = Unpooled.copiedBuffer(LINE, StandardCharsets.US_ASCII);

            connection.writeInbound(head, new DefaultLastHttpContent(body));

            ByteBuf answer = connection.readOutbound();
            assertThat(answer.toString(StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 4")
                    .doesNotContain("close");
            assertThat(body.refCnt()).isZero();
            answer.release();
            connection.finishAndReleaseAll();
        }
    }

    @Test
    void aPortThatIsTakenIsToldSo() {
        try (var second = server(server.port(), null)) {
            assertThatThrownBy(second::start).isInstanceOf(PortInUseException.class);
        }
    }

    @Test
    void aBundleOfBootsMakesItTls(@TempDir Path directory) throws Exception {
        var bundles = new DefaultSslBundleRegistry("agents", bundle(directory.resolve("first.p12")));
        try (var secured = server(0, new Tls(bundles, "agents"))) {
            secured.start();
            var first = tlsPing(secured.port());
            bundles.updateBundle("agents", bundle(directory.resolve("second.p12")));
            assertThat(tlsPing(secured.port())).isNotEqualTo(first);
        }
    }

    /** Pings; the certificate that the server showed. */
    private static Certificate tlsPing(int port) throws Exception {
        var trusting = SSLContext.getInstance("TLS");
        trusting.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), new SecureRandom());
        try (var socket = (SSLSocket) trusting.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            send(socket, LAST_PING);
            assertThat(rest(socket)).startsWith("HTTP/1.1 204");
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    private static SslBundle bundle(Path store) throws Exception {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "agents",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=collector",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "for-a-test")
                .start();
        assertThat(made.waitFor()).isZero();
        return SslBundle.of(new JksSslStoreBundle(
                new JksSslStoreDetails("PKCS12", null, store.toUri().toString(), "for-a-test"), null));
    }

    private static final class Loaded implements TableStanding {
        @Override
        public boolean loaded() {
            return true;
        }

        @Override
        public Standing age() {
            return Standing.FRESH;
        }
    }

    private static final class Proven implements Freshness {
        @Override
        public Duration staleness() {
            return Duration.ZERO;
        }

        @Override
        public CompletableFuture<Boolean> prove(OrganizationId organization, Duration within) {
            return CompletableFuture.completedFuture(true);
        }

        @Override
        public CompletableFuture<Boolean> proveAllKeys(Duration within) {
            return CompletableFuture.completedFuture(true);
        }
    }
}
