package io.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.codec.LedgerCodec;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SecretHash;
import io.keyledger.event.Topics;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The prober, as it works in production but for its haste: what it measures, what it names, and what it leaves behind. */
class ProberIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern COLLECTOR_SECRET = Pattern.compile("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}");

    @Test
    void thePromiseIsMeasuredAllTheTime() throws Exception {
        var haste = Map.of(
                "KEYLEDGER_PROBER_ENABLED", "true", "KEYLEDGER_PROBER_EVERY", "1s", "KEYLEDGER_PROBER_KEY_EVERY", "5s");
        try (var suite = Suite.start("prober", haste)) {
            var tenant = suite.newTenant("prober");
            assertThat(tenant.push(0, tenant.globalSecret(), "cpu,host=own usage=1\n")
                            .statusCode())
                    .isEqualTo(204);
            eachCollectorHasFigures(suite, tenant);
            whatItPushesIsNobodysTelemetry(suite);
            aCollectorThatDoesNotAnswerIsNamed(suite, tenant);
            itGoesOnAfterARestart(suite, tenant);
            everyKeyIsUsedAndRevoked(suite);
        }
    }

    private static void eachCollectorHasFigures(Suite suite, Tenant tenant) throws Exception {
        Await.until("figures of both Collectors, key and flag", PATIENCE, () -> {
            var shown = shown(tenant);
            return shown.at("/collectors").size() == 2 && least(shown, "refused") >= 5 && least(shown, "accepted") >= 5;
        });
        var shown = shown(tenant);
        assertThat(shown.path("state").asString()).isEqualTo("PROBING");
        assertThat(shown.path("collectors").findValuesAsString("id")).containsExactly("collector-1", "collector-2");
        for (var answer : List.of("refused", "accepted")) {
            var figures = shown.path(answer);
            assertThat(figures.at("/sinceCall/p50Ms").asDouble()).isPositive();
            assertThat(figures.at("/sinceCall/maxMs").asDouble())
                    .isGreaterThanOrEqualTo(figures.at("/sinceCall/p99Ms").asDouble());
            assertThat(figures.at("/sinceAnswer/p50Ms").asDouble())
                    .isLessThanOrEqualTo(figures.at("/sinceCall/p50Ms").asDouble());
        }
        assertThat(metrics(suite.keyServiceUri))
                .contains("keyledger_propagation_seconds_bucket{answer=\"refused\",collector=\"collector-1\"");
        System.out.println("[prober] " + shown);
    }

    /** Neither telemetry nor usage nor a denial, and no failure that somebody would look into. */
    private static void whatItPushesIsNobodysTelemetry(Suite suite) throws Exception {
        var brokers = suite.broker.bootstrapServers();
        assertThat(KafkaLog.readAll(brokers, Topics.TELEMETRY_INFLUX))
                .hasSize(1)
                .allSatisfy(record -> assertThat(new String(record.value(), StandardCharsets.UTF_8))
                        .startsWith("cpu,host=own"));
        assertThat(KafkaLog.readAll(brokers, Topics.ACCESS_DENIALS)).isEmpty();
        assertThat(metrics(suite.collectorManagementUris.getFirst()))
                .contains("keyledger_auth_failures_total 0.0")
                .containsPattern("keyledger_gate_pushes_total\\{denial=\"none\",verdict=\"canary\"} [1-9]");
    }

    private static void aCollectorThatDoesNotAnswerIsNamed(Suite suite, Tenant tenant) {
        suite.collectors.get(1).kill();
        Await.until(
                "the dead Collector to be named",
                PATIENCE,
                () -> "UNREACHABLE"
                        .equals(collector(tenant, "collector-2")
                                .at("/lastFailure/why")
                                .asString("")));
        assertThat(shown(tenant).at("/lastFailure/collector").asString()).isEqualTo("collector-2");
        int before = count(collector(tenant, "collector-1"), "refused");
        Await.until(
                "the other to be measured as before",
                PATIENCE,
                () -> count(collector(tenant, "collector-1"), "refused") >= before + 2);

        suite.collectors.get(1).spawn().awaitReady();
        int measured = count(collector(tenant, "collector-2"), "refused");
        Await.until(
                "the one that is back to be measured",
                PATIENCE,
                () -> count(collector(tenant, "collector-2"), "refused") > measured);
    }

    private static void itGoesOnAfterARestart(Suite suite, Tenant tenant) {
        suite.keyService.kill();
        suite.keyService.spawn().awaitReady();
        Await.until("figures after the restart", PATIENCE, () -> least(shown(tenant), "accepted") >= 1);
    }

    private static void everyKeyIsUsedAndRevoked(Suite suite) throws Exception {
        suite.keyService.stop();
        var own = Events.of(suite, new LedgerCodec(Schemas.of(suite))).all().stream()
                .filter(event -> event.organizationId().equals(OrganizationId.PROBER))
                .map(event -> event.event())
                .toList();
        assertThat(own.stream().filter(event -> event instanceof KeyEvent.OrganizationCreated))
                .hasSize(1);
        assertThat(own.stream().filter(event -> event instanceof KeyEvent.KeyRevoked))
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(own.stream().filter(event -> event instanceof KeyEvent.KeyRevealed))
                .isEmpty();
        noSecretIsLogged(suite, own);
    }

    /** The log holds ids, which look like Collector keys: none of them may hash to one. */
    private static void noSecretIsLogged(Suite suite, List<KeyEvent> events) throws Exception {
        var hashes = new TreeSet<String>();
        for (var event : events) {
            switch (event) {
                case KeyEvent.KeyCreated created ->
                    hashes.add(created.key().hash().toString());
                case KeyEvent.KeyRegenerated made ->
                    hashes.add(made.key().hash().toString());
                default -> {
                    // It makes no secret.
                }
            }
        }
        assertThat(hashes).isNotEmpty();
        for (var process : suite.services()) {
            var text = Files.readString(process.log());
            assertThat(COLLECTOR_SECRET.matcher(text).results())
                    .noneMatch(found ->
                            hashes.contains(SecretHash.ofSecret(found.group()).toString()));
        }
    }

    private static JsonNode shown(Tenant tenant) {
        return tenant.api().get("/api/v1/propagation").expect(200).body();
    }

    private static JsonNode collector(Tenant tenant, String id) {
        for (var collector : shown(tenant).path("collectors")) {
            if (collector.path("id").asString().equals(id)) {
                return collector;
            }
        }
        throw new AssertionError("Expected " + id + " among the Collectors.");
    }

    /** How often the Collector that was measured least has followed. */
    private static int least(JsonNode shown, String answer) {
        int least = shown.path("collectors").isEmpty() ? 0 : Integer.MAX_VALUE;
        for (var collector : shown.path("collectors")) {
            least = Math.min(least, count(collector, answer));
        }
        return least;
    }

    private static int count(JsonNode collector, String answer) {
        return collector.path(answer).path("count").asInt(0);
    }

    private static String metrics(URI service) throws Exception {
        var request = HttpRequest.newBuilder(service.resolve("/actuator/prometheus"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return Api.HTTP.send(request, BodyHandlers.ofString()).body();
    }
}
