package io.keyledger.ingest.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Connections that ask nothing, or too slowly, and too many of them. */
class ConnectionsIT extends PushScenario {

    ConnectionsIT() {
        super(
                "--keyledger.push.idle-timeout=1s",
                "--keyledger.push.body-timeout=1s",
                "--keyledger.push.linger-time=200ms",
                "--keyledger.push.max-connections=20");
    }

    private static String head(String key) {
        return "POST /api/v1/push HTTP/1.1\r\nHost: x\r\nX-API-Key: " + key + "\r\n";
    }

    @Test
    void anIdleConnectionIsClosed() throws Exception {
        try (var socket = connect()) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        try (var socket = connect()) {
            send(socket, "GET /ping HTTP/1.1\r\nHost: x\r\n\r\n");
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 204");
        }
    }

    @Test
    void aHeadThatTricklesIsClosed() throws Exception {
        try (var socket = connect()) {
            send(socket, head(global) + "X-Slow: ");
            trickle(socket, "a");
        }
    }

    /** The time of a body is bounded as a whole, however steadily it comes. */
    @Test
    void aBodyThatTricklesIsAnsweredAndClosed() throws Exception {
        try (var socket = connect()) {
            send(socket, head(global) + "Content-Length: 1000000\r\n\r\n");
            trickle(socket, "#");
            var answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
            assertThat(answer).isEqualTo("HTTP/1.1 503");
        }
    }

    /** So is that of a body that nobody reads. */
    @Test
    void aRefusedBodyThatTricklesIsAnsweredAndClosed() throws Exception {
        try (var socket = connect()) {
            send(socket, head("nonsense") + "Content-Length: 1000000\r\n\r\n");
            trickle(socket, "#");
            var answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
            assertThat(answer).isEqualTo("HTTP/1.1 401");
        }
    }

    /** Writes on and on; returns when the other side has closed. */
    private static void trickle(Socket socket, String text) throws InterruptedException {
        CollectorRig.awaitUntil("the connection is closed", () -> {
            try {
                send(socket, text);
                Thread.sleep(50);
                return false;
            } catch (IOException _) {
                return true;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void aConnectionInUseStaysOpen() throws Exception {
        try (var socket = connect()) {
            for (var i = 0; i < 8; i++) {
                Thread.sleep(250);
                send(socket, head(global) + "Expect: 100-continue\r\nContent-Length: 0\r\n\r\n");
                assertThat(readHead(socket)).contains("204 No Content");
            }
        }
    }

    private static String readHead(Socket socket) throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("204 No Content\r\n\r\n")) {
            var next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("Expected an answer, but the connection ended after: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Test
    void oneConnectionTooManyIsClosed() throws Exception {
        var sockets = new ArrayList<Socket>();
        try {
            for (var i = 0; i < 25; i++) {
                sockets.add(connect());
            }
            CollectorRig.awaitUntil(
                    "connections are refused", () -> rig.metric("keyledger_push_connections_refused_total") > 0);
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
        CollectorRig.awaitUntil("there is room again", () -> rig.metric("keyledger_push_connections") == 0);
        assertThat(rig.push(global, line("web-1"))).returns(204, HttpResponse::statusCode);
    }
}
