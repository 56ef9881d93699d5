package io.keyledger.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The few plain requests that a start needs. {@link HttpURLConnection}: it needs no threads and a tenth of the memory. */
final class Http {
    private static final int CONNECT_MS = 1_000;
    private static final int READ_MS = 10_000;

    private Http() {}

    /** Whether a GET is answered with 2xx; false when nobody answers. */
    static boolean isOk(URI uri) {
        try {
            return open(uri, "GET").getResponseCode() / 100 == 2;
        } catch (IOException nobody) {
            return false;
        }
    }

    /** Puts JSON and expects 2xx. */
    static void put(URI uri, String json) throws IOException {
        var connection = open(uri, "PUT");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        try (var out = connection.getOutputStream()) {
            out.write(json.getBytes(StandardCharsets.UTF_8));
        }
        require2xx(uri, connection);
    }

    static HttpURLConnection open(URI uri, String method) throws IOException {
        var connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(CONNECT_MS);
        connection.setReadTimeout(READ_MS);
        return connection;
    }

    static void require2xx(URI uri, HttpURLConnection connection) throws IOException {
        if (connection.getResponseCode() / 100 != 2) {
            throw new IOException("Expected 2xx from " + uri + ", but got " + connection.getResponseCode());
        }
    }
}
