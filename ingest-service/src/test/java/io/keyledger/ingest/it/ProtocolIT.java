package io.keyledger.ingest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.KeyStatus;
import io.keyledger.event.MixedBatches;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.Topics;
import io.keyledger.event.UnlinkedHosts;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Line protocol and credentials as agents send them, and the answers in each protocol's words. */
class ProtocolIT extends PushScenario {
    @Test
    void acceptedLinesGoOnAsTheyAre() {
        var lines = "cpu,host=WEB-1 v=1 1\nmem,host=other\\ one v=2i 2\n";

        assertThat(rig.push(global, lines).statusCode()).isEqualTo(204);

        assertThat(rig.telemetry(keyId(global))).containsExactly(lines);
        var record = rig.records(Topics.TELEMETRY_INFLUX).stream()
                .filter(it -> CollectorRig.header(it, "key-id").equals(keyId(global)))
                .findFirst()
                .orElseThrow();
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(organization + "/web-1");
        assertThat(CollectorRig.header(record, "organization")).isEqualTo(organization.toString());
        assertThat(CollectorRig.header(record, "systems")).isEqualTo(system.toString());
        assertThat(Instant.parse(CollectorRig.header(record, "received-at"))).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void aMixedBatchIsSplitAndToldInEachProtocolsWay() {
        var lines = line("web-1") + line("other") + "broken\n" + "log,host=web-1 m=\"a,host=other v=1\" 1\n";

        var push = rig.push(global, lines);
        assertThat(push.statusCode()).isEqualTo(204);
        assertThat(push.headers().firstValue("X-Rejected-Lines")).hasValue("2");

        for (var path : List.of("/write", "/api/v2/write")) {
            var answer = rig.push(path, Map.of("X-API-Key", global), BodyPublishers.ofString(lines));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body())
                    .contains("\"error\":\"partial write: 2 lines")
                    .contains("\"code\":\"partial_write\"");
        }
        assertThat(rig.telemetry(keyId(global)))
                .containsOnly(line("web-1") + "log,host=web-1 m=\"a,host=other v=1\" 1\n")
                .hasSize(3);

        rig.ledger.write(rig.ledger.organization(
                organization, new OrganizationSettings(true, UnlinkedHosts.ACCEPT, MixedBatches.REJECT)));
        awaitStatus(401, global, "web-1 v=1 1\ncpu,host=other");
    }

    @ParameterizedTest
    @CsvSource({"/write", "/api/v2/write", "/api/v1/push"})
    void precisionAndGzip(String path) throws Exception {
        var body = gzip("cpu,host=a v=1 7\n".getBytes(StandardCharsets.UTF_8));
        var answer = rig.push(
                path + "?precision=ms&db=x&bucket=y",
                Map.of("Authorization", "Token " + global, "Content-Encoding", "gzip"),
                BodyPublishers.ofByteArray(body));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(rig.telemetry(keyId(global))).containsExactly("cpu,host=a v=1 7000000\n");
    }

    @Test
    void credentialsInEveryPlace() {
        var basic = "Basic " + Base64.getEncoder().encodeToString(("any:" + global).getBytes(StandardCharsets.UTF_8));
        assertStatus(204, Map.of("Authorization", basic));
        assertStatus(204, Map.of("Authorization", "Token " + global, "X-API-Key", global));
        assertStatus(204, Map.of("Authorization", "Token", "X-API-Key", global));
        assertStatus(400, Map.of("Authorization", "Token " + override, "X-API-Key", global));
        assertThat(assertStatus(401, Map.of("Authorization", "Bearer " + global))
                        .body())
                .contains("X-API-Key");
        assertThat(assertStatus(401, Map.of()).body()).contains("\"code\":\"missing_key\"");
        assertThat(rig.push("/write?u=me&p=" + global, Map.of(), BodyPublishers.ofString(line("a")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(rig.push("/api/v1/push?api_key=" + global, Map.of(), BodyPublishers.ofString(line("a")))
                        .statusCode())
                .isEqualTo(400);
    }

    private HttpResponse<String> assertStatus(int status, Map<String, String> headers) {
        var answer = rig.push("/api/v1/push", headers, BodyPublishers.ofString(line("a")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    @Test
    void refusalsInEachProtocolsWords() {
        rig.ledger.write(rig.ledger.key(organization, override, system, KeyStatus.REVOKED));
        awaitStatus(401, override, "web-1");

        var v1 = rig.push("/write", Map.of("X-API-Key", override), BodyPublishers.ofString(line("a")));
        assertThat(v1.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(v1.body()).startsWith("revoked_key: ");
        var v2 = rig.push("/api/v2/write", Map.of("X-API-Key", override), BodyPublishers.ofString(line("a")));
        assertThat(v2.body()).contains("\"code\":\"revoked_key\"").contains("\"message\":\"");
        var push = rig.push(override, line("a"));
        assertThat(push.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(push.body().lines().findFirst().orElseThrow().length()).isLessThan(1024);
        assertThat(push.body()).doesNotContain(override);
    }

    @Test
    void whatCannotPassIsNotRetried() {
        assertThat(rig.push(global, "nonsense\n").statusCode()).isEqualTo(400);
        assertThat(rig.push(global, "").statusCode()).isEqualTo(204);
        assertThat(rig.push("/write?precision=year", Map.of("X-API-Key", global), BodyPublishers.ofString(line("a")))
                        .statusCode())
                .isEqualTo(400);
        assertStatus(415, Map.of("X-API-Key", global, "Content-Encoding", "zstd"));
        assertStatus(415, Map.of("X-API-Key", global, "Content-Type", "application/json"));
        assertStatus(400, Map.of("X-API-Key", global, "Content-Encoding", "gzip"));
        assertThat(rig.send(HttpRequest.newBuilder(rig.uri("/nowhere")).build()).statusCode())
                .isEqualTo(404);
        assertThat(rig.send(HttpRequest.newBuilder(rig.uri("/write")).build()).statusCode())
                .isEqualTo(405);
        assertThat(rig.send(HttpRequest.newBuilder(rig.uri("/ping")).build()).statusCode())
                .isEqualTo(204);
    }

    /** What only looks gets the same status, without the body. */
    @ParameterizedTest
    @CsvSource({"/write,405", "/nowhere,404", "/ping,204", "/health,200"})
    void headIsAnsweredAsGetIs(String path, int status) {
        for (var method : List.of("HEAD", "GET")) {
            var request = HttpRequest.newBuilder(rig.uri(path)).method(method, BodyPublishers.noBody());
            assertThat(rig.send(request.build())).as(method).returns(status, HttpResponse::statusCode);
        }
    }
}
