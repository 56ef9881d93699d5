package io.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BrokerLinkTest {

    private static final Duration LATE = Duration.ofMillis(200);
    private static final byte[] CLIENT = "slow".getBytes(StandardCharsets.US_ASCII);

    @Test
    void aLongAnswerIsLateOnceAndNotInEachOfItsPieces() throws Exception {
        var answer = new byte[4 << 20];
        new Random(1).nextBytes(answer);
        try (var broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var link = new BrokerLink(broker.getLocalPort())) {
            link.slow("slow"::equals, LATE);
            var address = link.bootstrapServers().split(":", 2);
            try (var client = new Socket(address[0], Integer.parseInt(address[1]))) {
                new DataOutputStream(client.getOutputStream()).write(firstRequest());
                var received = CompletableFuture.supplyAsync(() -> {
                    try (var accepted = broker.accept()) {
                        accepted.getInputStream().readNBytes(firstRequest().length);
                        long sent = System.nanoTime();
                        accepted.getOutputStream().write(answer);
                        return sent;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });

                // In turn its 256 pieces would take 51 s.
                var read = CompletableFuture.supplyAsync(() -> readAll(client)).get(20, TimeUnit.SECONDS);

                assertThat(read).isEqualTo(answer);
                assertThat(System.nanoTime() - received.get()).isGreaterThanOrEqualTo(LATE.toNanos());
            }
        }
    }

    private static byte[] readAll(Socket socket) {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As much of a Kafka request as the link reads: its head, up to the client's id. */
    private static byte[] firstRequest() {
        return ByteBuffer.allocate(14 + CLIENT.length)
                .putInt(10 + CLIENT.length)
                .putInt(0)
                .putInt(1)
                .putShort((short) CLIENT.length)
                .put(CLIENT)
                .array();
    }
}
