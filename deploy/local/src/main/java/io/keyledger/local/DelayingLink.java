package io.keyledger.local;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A way to a broker on which the answers to some of its clients arrive late. A client is known by its id, in the header of
 * its first request (Kafka protocol guide, "Request Headers": key, version, correlation id, client id).
 */
final class DelayingLink implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 << 10;
    private static final int BEFORE_CLIENT_ID = 2 + 2 + 4;

    private final ServerSocket server;
    private final int target;
    private final String slowClients;
    private final Duration delay;

    private DelayingLink(ServerSocket server, int target, String slowClients, Duration delay) {
        this.server = server;
        this.target = target;
        this.slowClients = slowClients;
        this.delay = delay;
    }

    /** Opens it; {@code slowClients} is how the ids of the slow ones begin. */
    static DelayingLink to(int target, String slowClients, Duration delay) throws IOException {
        var link =
                new DelayingLink(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target, slowClients, delay);
        Thread.ofVirtual().start(link::accept);
        return link;
    }

    int port() {
        return server.getLocalPort();
    }

    int target() {
        return target;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                // The loop ends.
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                var broker = new Socket(InetAddress.getLoopbackAddress(), target)) {
            client.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
            var in = new DataInputStream(client.getInputStream());
            var out = new DataOutputStream(broker.getOutputStream());
            byte[] first = in.readNBytes(in.readInt());
            out.writeInt(first.length);
            out.write(first);
            var wait = clientId(first).startsWith(slowClients) ? delay : Duration.ZERO;
            var answers = Thread.ofVirtual().start(() -> {
                try {
                    copy(broker.getInputStream(), client.getOutputStream(), wait);
                } catch (IOException | InterruptedException ended) {
                    close(client);
                }
            });
            copy(in, out, Duration.ZERO);
            answers.interrupt();
        } catch (IOException | InterruptedException ended) {
            // One end has closed: so does the other.
        }
    }

    private static String clientId(byte[] header) {
        int length = (header[BEFORE_CLIENT_ID] << 8) + (header[BEFORE_CLIENT_ID + 1] & 0xff);
        return length < 0 ? "" : new String(header, BEFORE_CLIENT_ID + 2, length, StandardCharsets.UTF_8);
    }

    private static void copy(InputStream from, OutputStream to, Duration delay)
            throws IOException, InterruptedException {
        var buffer = new byte[BUFFER_BYTES];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            Thread.sleep(delay);
            to.write(buffer, 0, read);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // It was closed.
        }
    }

    /** Takes no more clients; those that are connected stay until an end closes. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException ignored) {
            // It was closed.
        }
    }
}
