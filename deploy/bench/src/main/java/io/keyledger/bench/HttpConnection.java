package io.keyledger.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One kept HTTP/1.1 connection on a blocking socket: as little of a client as can be, so that it is hardly measured. */
final class HttpConnection implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 << 10;
    private static final int TIMEOUT_MS = 60_000;

    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;

    /**
     * What came back.
     *
     * @param isLast whether the server closes the connection after it
     */
    record Answer(int status, String body, boolean isLast) {}

    HttpConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MS);
        out = socket.getOutputStream();
        in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    }

    /** The bytes of a request; {@code headers} are whole lines, each with its end. */
    static byte[] request(String method, String path, String headers, byte[] body) {
        var head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "Content-Length: " + body.length
                + "\r\n\r\n";
        var bytes = new ByteArrayOutputStream(head.length() + body.length);
        bytes.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    /** Sends one request, or several at once. */
    void send(byte[] requests) throws IOException {
        out.write(requests);
        out.flush();
    }

    /** The answer that is next. */
    Answer receive() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = 0;
        boolean chunked = false;
        boolean isLast = false;
        for (var header = line(); !header.isEmpty(); header = line()) {
            var lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            } else if (lower.startsWith("transfer-encoding:") && lower.endsWith("chunked")) {
                chunked = true;
            } else if (lower.startsWith("connection:") && lower.endsWith("close")) {
                isLast = true;
            }
        }
        return new Answer(status, chunked ? chunks() : text(length), isLast);
    }

    private String chunks() throws IOException {
        var body = new StringBuilder();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.append(text(size));
            line();
        }
        line();
        return body.toString();
    }

    private String text(int length) throws IOException {
        return length == 0 ? "" : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The connection was closed within an answer.");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
