package io.keyledger.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.bench.HttpConnection.Answer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {

    @Test
    void readsAnswersOfEveryLengthFromOneConnection() throws Exception {
        var answers = "HTTP/1.1 204 No Content\r\n\r\n"
                + "HTTP/1.1 401 Unauthorized\r\ncontent-length: 4\r\n\r\nnope"
                + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n"
                + "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        var request = HttpConnection.request("POST", "/p", "X-API-Key: k\r\n", new byte[] {'b'});
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = new HttpConnection(server.getLocalPort());
                var accepted = server.accept()) {
            var received = CompletableFuture.supplyAsync(() -> {
                try {
                    accepted.getOutputStream().write(answers.getBytes(StandardCharsets.US_ASCII));
                    return new String(accepted.getInputStream().readNBytes(request.length), StandardCharsets.US_ASCII);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            client.send(request);

            assertThat(client.receive()).isEqualTo(new Answer(204, "", false));
            assertThat(client.receive()).isEqualTo(new Answer(401, "nope", false));
            assertThat(client.receive()).isEqualTo(new Answer(200, "abc0123456789", false));
            assertThat(client.receive()).isEqualTo(new Answer(503, "", true));
            assertThat(received.get())
                    .isEqualTo("POST /p HTTP/1.1\r\nHost: localhost\r\nX-API-Key: k\r\nContent-Length: 1\r\n\r\nb");
        }
    }
}
