package io.keyledger.key.prober;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.keyledger.key.secret.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpCanaryPushTest {

    private static final Secret KEY = Secret.of("0b0f6a5e-0000-4000-8000-000000000001");
    private static final int SILENT = -1;
    private static final int ENDLESS = -2;

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final HttpCanaryPush push = new HttpCanaryPush(Duration.ofMillis(300));
    private volatile int status = 204;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("X-API-Key"));
            if (status == ENDLESS) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
            } else if (status != SILENT) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        push.close();
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({
        "204,ACCEPTED",
        "200,ACCEPTED",
        "401,REFUSED",
        "403,REFUSED",
        "503,UNREADY",
        "404,UNEXPECTED",
        "302,UNEXPECTED"
    })
    void theStatusSaysWhatItIs(int answered, PushReply reply) throws InterruptedException {
        status = answered;
        assertThat(push.push(address(), KEY)).isEqualTo(reply);
        // Once: neither repeated nor sent on to where the answer points.
        assertThat(seen).containsExactly("POST /api/v1/push " + KEY.reveal());
    }

    @Test
    void noAnswerIsAnAnswer() throws InterruptedException {
        status = SILENT;
        assertThat(push.push(address(), KEY)).isEqualTo(PushReply.UNREACHABLE);
        server.stop(0);
        assertThat(push.push(address(), KEY)).isEqualTo(PushReply.UNREACHABLE);
    }

    @Test
    void anAnswerWithoutAnEndIsNone() throws InterruptedException {
        status = ENDLESS;

        assertThat(push.push(address(), KEY)).isEqualTo(PushReply.UNREACHABLE);
    }

    @Test
    void anAddressThatIsNoPlaceIsNotReached() throws InterruptedException {
        assertThat(push.push(URI.create("http://127.0.0.1:70000/"), KEY)).isEqualTo(PushReply.UNREACHABLE);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:"
                + Objects.requireNonNull(server).getAddress().getPort());
    }
}
