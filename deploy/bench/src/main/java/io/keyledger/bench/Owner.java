package io.keyledger.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Owner of an organization, who calls key-service; any number of threads at once, each on a connection of its own. */
final class Owner implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int AT_ONCE = 16;

    private final int port;
    private final String token;
    private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();

    /** A connection that nobody uses now. The server closes it after 20 s, perhaps just when a request is on its way. */
    private record Idle(HttpConnection connection, long sinceNanos) {
        boolean isFresh() {
            return System.nanoTime() - sinceNanos < Duration.ofSeconds(5).toNanos();
        }
    }

    /** A System's override key. */
    record OverrideKey(String system, String secret) {}

    private Owner(int port, String token) {
        this.port = port;
        this.token = token;
    }

    /** The Owner of a new organization. */
    static Owner ofNewOrganization(int port, String operatorToken, String name) {
        try (var operator = new Owner(port, operatorToken)) {
            return new Owner(
                    port,
                    operator.post("/api/v1/organizations", Map.of("name", name))
                            .path("ownerToken")
                            .asString());
        }
    }

    /** New Systems with an override each. */
    List<OverrideKey> newOverrides(String prefix, int count) {
        return sideBySide(count, number -> {
            var system = post("/api/v1/systems", Map.of("name", prefix + number))
                    .path("id")
                    .asString();
            return new OverrideKey(
                    system,
                    post("/api/v1/systems/" + system + "/override", Map.of())
                            .path("secret")
                            .asString());
        });
    }

    /** Makes a new secret for an override; the one before is void. */
    OverrideKey regenerate(OverrideKey key) {
        var answer = post("/api/v1/systems/" + key.system() + "/override/regenerate", Map.of());
        return new OverrideKey(key.system(), answer.path("secret").asString());
    }

    void revoke(OverrideKey key) {
        post("/api/v1/systems/" + key.system() + "/override/revoke", Map.of("reason", "COMPROMISED"));
    }

    /** The secret of the global key. */
    String globalSecret() {
        return post("/api/v1/collector-keys/global/reveal", Map.of())
                .path("secret")
                .asString();
    }

    /** Calls a POST and expects success. */
    JsonNode post(String path, Object body) {
        var headers = "X-API-Key: " + token + "\r\nContent-Type: application/json\r\n";
        var request = HttpConnection.request("POST", path, headers, JSON.writeValueAsBytes(body));
        try {
            var connection = connection();
            connection.send(request);
            var answer = connection.receive();
            if (answer.isLast()) {
                connection.close();
            } else {
                idle.push(new Idle(connection, System.nanoTime()));
            }
            if (answer.status() / 100 != 2) {
                throw new IllegalStateException("Expected 2xx from " + path + ", but got " + answer);
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    private HttpConnection connection() throws IOException {
        for (var kept = idle.poll(); kept != null; kept = idle.poll()) {
            if (kept.isFresh()) {
                return kept.connection();
            }
            kept.connection().close();
        }
        return new HttpConnection(port);
    }

    private static <T> List<T> sideBySide(int count, IntFunction<T> work) {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var all = new ArrayList<Future<T>>();
            for (int i = 0; i < count; i++) {
                int number = i;
                all.add(threads.submit(() -> work.apply(number)));
            }
            var done = new ArrayList<T>();
            for (var one : all) {
                done.add(one.get());
            }
            return done;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Expected to prepare what is measured.", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        idle.forEach(kept -> {
            try {
                kept.connection().close();
            } catch (IOException ignored) {
                // Nothing is lost with it.
            }
        });
    }
}
