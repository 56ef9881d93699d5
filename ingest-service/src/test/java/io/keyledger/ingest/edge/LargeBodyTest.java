package io.keyledger.ingest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.KeyStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What takes milliseconds is not done by the event loop. */
class LargeBodyTest extends PushServerRig {

    /** Too few and too long for a limit of lines. */
    private static final byte[] LARGE = ("cpu,host=a v=\"" + "x".repeat(1_000) + "\" 1\n")
            .repeat(PushBodies.AT_ONCE / 1_000)
            .getBytes(StandardCharsets.US_ASCII);

    private final BlockingQueue<Runnable> later = new LinkedBlockingQueue<>();

    @BeforeEach
    void holdBack() {
        elsewhere = later::add;
        acknowledged.complete(null);
    }

    @Test
    void aLargeBodyIsLookedThroughElsewhere() throws Exception {
        assertElsewhere(LARGE, "", 1);
    }

    @Test
    void aLargeBodyIsDecompressedElsewhere() throws Exception {
        assertElsewhere(gzip(LARGE), "Content-Encoding: gzip\r\n", 2);
    }

    @Test
    void soIsOneThatAnnouncesLess() throws Exception {
        var liar = gzip(LARGE);
        // Of the last member alone the trailer tells the size.
        var members = Arrays.copyOf(liar, liar.length + gzip(new byte[] {'\n'}).length);
        System.arraycopy(gzip(new byte[] {'\n'}), 0, members, liar.length, members.length - liar.length);
        assertElsewhere(members, "Content-Encoding: gzip\r\n", 2);
    }

    /** Who announces much is waited for elsewhere, however little it holds: what follows a member is taken for its size. */
    @Test
    void aKeyThatIsRevokedMeanwhileIsRefused() throws Exception {
        var small = gzip(LINE.getBytes(StandardCharsets.US_ASCII));
        var body = Arrays.copyOf(small, small.length + Integer.BYTES);
        Arrays.fill(body, small.length, body.length, Byte.MAX_VALUE);
        try (var socket = connect()) {
            push(socket, body, "Content-Encoding: gzip\r\nConnection: close\r\n");
            var held = held();
            tables.key(KEY, null, KeyStatus.REVOKED);
            held.run();
            assertThat(rest(socket)).startsWith("HTTP/1.1 401").contains("revoked_key");
        }
        assertThat(published).isEmpty();
    }

    @Test
    void aSmallBodyIsTakenAtOnce() throws IOException {
        var small = gzip(LINE.getBytes(StandardCharsets.US_ASCII));
        try (var socket = connect()) {
            push(socket, small, "Content-Encoding: gzip\r\n");
            send(socket, LAST_PING);
            assertThat(rest(socket)).startsWith("HTTP/1.1 204 No Content\r\n\r\n");
        }
        assertThat(later).isEmpty();
    }

    /** What the sender sent on is answered after it. */
    private void assertElsewhere(byte[] body, String header, int steps) throws Exception {
        try (var socket = connect()) {
            push(socket, body, header);
            send(socket, LAST_PING);
            for (var step = 0; step < steps; step++) {
                var held = held();
                assertThat(published).isEmpty();
                held.run();
            }
            assertThat(rest(socket)).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n" + pong("close"));
        }
        assertThat(published).isNotEmpty();
        assertThat(later).isEmpty();
    }

    /** What is to be done elsewhere; the event loops go on meanwhile. */
    private Runnable held() throws Exception {
        var held = later.take();
        for (var other = 0; other < 4; other++) {
            assertThat(exchange(LAST_PING)).isEqualTo(pong("close"));
        }
        return held;
    }

    private static void push(Socket socket, byte[] body, String header) throws IOException {
        var request = new ByteArrayOutputStream();
        request.writeBytes(("POST /api/v1/push HTTP/1.1\r\nHost: x\r\nX-API-Key: " + KEY + "\r\n" + header
                        + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        request.writeTo(socket.getOutputStream());
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }
}
