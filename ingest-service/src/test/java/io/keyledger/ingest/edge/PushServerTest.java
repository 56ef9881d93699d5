package io.keyledger.ingest.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

/** The agents' port: its beginning, its end, TLS. */
class PushServerTest extends PushServerRig {

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

    @Test
    void tlsOfTheManagementPortAloneIsNoTlsOfAgents(@TempDir Path directory) throws Exception {
        var logger = (Logger) LoggerFactory.getLogger(EdgeConfiguration.class);
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        logger.addAppender(logged);
        try {
            var management = new ServerProperties();
            var bundles = new DefaultSslBundleRegistry("agents", bundle(directory.resolve("agents.p12")));
            prepare(management, null, bundles);
            assertThat(logged.list).isEmpty();
            management.setSsl(new Ssl());
            prepare(management, "agents", bundles);
            assertThat(logged.list).isEmpty();

            prepare(management, null, bundles);
            assertThat(logged.list).singleElement().satisfies(it -> {
                assertThat(it.getLevel()).isEqualTo(Level.WARN);
                assertThat(it.getMessage()).contains("server.ssl", "keyledger.push.ssl-bundle");
            });
        } finally {
            logger.detachAppender(logged);
        }
    }

    private void prepare(ServerProperties management, @Nullable String bundle, SslBundles bundles) {
        var registry = new SimpleMeterRegistry();
        var listen = new ListenProperties(0, null, bundle, 100, Duration.ofSeconds(30));
        new EdgeConfiguration()
                .pushServer(listen, LIMITS, endpoints(registry), bundles, management, registry)
                .close();
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
}
