package io.keyledger.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A registry that gives ids from a first one on, the same text the same id. */
final class FakeRegistry implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final int firstId;
    private final List<String> schemas = new ArrayList<>();
    private final List<String> configured = new ArrayList<>();
    private int status = 200;

    FakeRegistry(int firstId) throws IOException {
        this.firstId = firstId;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** The subjects whose compatibility was set, in order. */
    List<String> configured() {
        return configured;
    }

    void answerAlways(int newStatus) {
        status = newStatus;
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = JSON.readTree(exchange.getRequestBody());
        var answer = status == 200 ? answer(exchange.getRequestURI().getPath(), body) : "{\"message\":\"no\"}";
        var bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private String answer(String path, JsonNode body) {
        if (path.startsWith("/config/")) {
            configured.add(path.substring("/config/".length()) + " "
                    + body.path("compatibility").textValue());
            return body.toString();
        }
        var schema = body.path("schema").textValue();
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        return "{\"id\":" + (firstId + schemas.indexOf(schema)) + "}";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
