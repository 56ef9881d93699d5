package io.keyledger.key;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stream of hosts over a connection that can be cut: sent by one thread, read by another. */
final class HostStreamCall implements AutoCloseable {

    private final Socket socket;
    private final OutputStream out;
    private final BufferedReader in;
    private int status;
    private volatile Told last = new Told(0, 0, 0, 0, 0, null, false);

    /**
     * What the answer has said so far.
     *
     * @param refused the host of this line, or null
     * @param ended whether this was the last line
     */
    record Told(
            int status,
            long lines,
            long linked,
            long unlinked,
            long replayed,
            @Nullable String refused,
            boolean ended) {}

    HostStreamCall(int port, String method, String path, String token, @Nullable String idempotencyKey)
            throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        out = socket.getOutputStream();
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        var head = method + " " + path + " HTTP/1.1\r\nHost: test\r\nX-API-Key: " + token
                + "\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n"
                + (idempotencyKey == null ? "" : "Idempotency-Key: " + idempotencyKey + "\r\n");
        out.write((head + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Begins to send the hosts of these numbers, and the end of the body. */
    void send(int from, int to) {
        send(from, to, true);
    }

    /** Begins to send the hosts of these numbers, and nothing after them. */
    void sendWithoutEnd(int from, int to) {
        send(from, to, false);
    }

    private void send(int from, int to, boolean end) {
        Thread.ofVirtual().start(() -> {
            try {
                for (int part = from; part < to; part += 100) {
                    var lines = new StringBuilder();
                    for (int i = part; i < Math.min(part + 100, to); i++) {
                        lines.append("h-%08d%n".formatted(i));
                    }
                    var bytes = lines.toString().getBytes(StandardCharsets.US_ASCII);
                    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    out.write(bytes);
                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                if (end) {
                    out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException _) {
                // Cut: by the test, or by the service.
            }
        });
    }

    /** The next line of the answer. */
    Told read() throws IOException {
        while (status == 0) {
            readHead();
        }
        var line = in.readLine();
        while (line != null && !line.startsWith("{")) {
            // The lengths of the chunks, and what parts them.
            line = in.readLine();
        }
        last = line == null ? ended() : told(JsonMapper.shared().readTree(line));
        return last;
    }

    Told readToEnd() throws IOException {
        while (!last.ended()) {
            read();
        }
        return last;
    }

    /** What it has said by now. */
    Told last() {
        return last;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void readHead() throws IOException {
        var line = in.readLine();
        if (line == null) {
            throw new IOException("No answer.");
        }
        status = Integer.parseInt(line.substring("HTTP/1.1 ".length()).substring(0, 3));
        while (!"".equals(line)) {
            line = in.readLine();
        }
    }

    private Told told(JsonNode line) {
        var refused = line.at("/refused/host").asString("");
        var totals = line.has("summary") ? line.get("summary") : line.path("progress");
        if (totals.isMissingNode()) {
            return new Told(
                    status,
                    last.lines(),
                    last.linked(),
                    last.unlinked(),
                    last.replayed(),
                    refused.isEmpty() ? null : refused,
                    refused.isEmpty());
        }
        return new Told(
                status,
                totals.get("lines").asLong(),
                totals.get("linked").asLong(),
                totals.get("unlinked").asLong(),
                totals.get("replayed").asLong(),
                null,
                line.has("summary"));
    }

    private Told ended() {
        return new Told(status, last.lines(), last.linked(), last.unlinked(), last.replayed(), null, true);
    }
}
