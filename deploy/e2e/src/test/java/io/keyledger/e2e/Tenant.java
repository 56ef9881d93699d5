package io.keyledger.e2e;

import io.keyledger.e2e.Api.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One organization and what its Owner and its agents do. */
record Tenant(Suite suite, String organization, String ownerToken) {

    Api api() {
        return new Api(suite.keyServiceUri, ownerToken);
    }

    Api audit() {
        return new Api(suite.auditUri, ownerToken);
    }

    String globalSecret() {
        return api().post("/api/v1/collector-keys/global/reveal").expect(200).text("secret");
    }

    /** The id of a new System. */
    String newSystem(String name) {
        return api().post("/api/v1/systems", Map.of("name", name)).expect(201).text("id");
    }

    /** The id of a new System with these hosts. */
    String newSystem(String name, String... hosts) {
        var system = newSystem(name);
        link(system, List.of(hosts)).expect(200);
        return system;
    }

    Answer link(String system, List<String> hosts) {
        return api().post("/api/v1/systems/" + system + "/hosts", Map.of("hosts", hosts));
    }

    /** The secret of a new override. */
    String newOverride(String system) {
        return api().post("/api/v1/systems/" + system + "/override").expect(201).text("secret");
    }

    Answer settings(Map<String, ?> change) {
        return api().patch("/api/v1/organization/settings", change);
    }

    /** Pushes line protocol to a Collector. */
    HttpResponse<String> push(int collector, String key, String lines) {
        return push(suite.collectorUris.get(collector), key, lines);
    }

    static HttpResponse<String> push(URI collector, String key, String lines) {
        var request = HttpRequest.newBuilder(collector.resolve("/api/v1/push"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(BodyPublishers.ofString(lines));
        if (!key.isEmpty()) {
            request.header("X-API-Key", key);
        }
        try {
            return Api.HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("push to " + collector, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * The status of a push to each Collector, which comes again after "not now" (503), as senders do: on a busy machine a
     * Collector may miss the 100 ms that it has to prove a refusal.
     */
    List<Integer> pushEverywhere(String key, String lines) {
        return IntStream.range(0, suite.collectors.size())
                .mapToObj(collector -> pushPatiently(collector, key, lines))
                .toList();
    }

    private int pushPatiently(int collector, String key, String lines) {
        int status = push(collector, key, lines).statusCode();
        for (int again = 0; status == 503 && again < 10; again++) {
            Await.pause(Duration.ofMillis(100));
            status = push(collector, key, lines).statusCode();
        }
        return status;
    }

    /**
     * Waits until each Collector answers so. What allows is in force when its answer arrives; what restricts follows
     * within milliseconds, which {@link PropagationIT} measures.
     */
    void awaitEverywhere(int status, String key, String lines) {
        var wanted = suite.collectors.stream().map(collector -> status).toList();
        Await.until(
                "each Collector to answer " + status,
                Duration.ofSeconds(5),
                () -> pushEverywhere(key, lines).equals(wanted));
    }
}
