package io.keyledger.ingest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.codec.RecordType;
import io.keyledger.event.CollectorReport.Denial;
import io.keyledger.event.CollectorReport.HostUsage;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.MixedBatches;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.SystemId;
import io.keyledger.event.Topics;
import io.keyledger.event.UnlinkedHosts;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PushIT {

    private CollectorRig rig;
    private OrganizationId organization;
    private String global;
    private String override;
    private String otherOverride;
    private SystemId system;
    private SystemId otherSystem;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        rig = new CollectorRig(directory, "--keyledger.push.max-body=1MB", "--keyledger.push.max-decompressed=1MB");
    }

    @AfterAll
    void stop() {
        rig.close();
    }

    @BeforeEach
    void newOrganization() {
        organization = new OrganizationId(UUID.randomUUID());
        system = new SystemId(UUID.randomUUID());
        otherSystem = new SystemId(UUID.randomUUID());
        var secrets = Ledger.newSecrets(3);
        global = secrets.get(0);
        override = secrets.get(1);
        otherOverride = secrets.get(2);
        rig.ledger.write(
                rig.ledger.organization(organization, OrganizationSettings.DEFAULT),
                rig.ledger.key(organization, global, null, KeyStatus.ACTIVE),
                rig.ledger.key(organization, override, system, KeyStatus.ACTIVE),
                rig.ledger.key(organization, otherOverride, otherSystem, KeyStatus.ACTIVE),
                rig.ledger.system(organization, system, null),
                rig.ledger.system(organization, otherSystem, Ledger.LONG_AGO),
                rig.ledger.host(organization, "Web-1", system),
                rig.ledger.host(organization, "other", otherSystem));
    }

    private String keyId(String secret) {
        return rig.ledger
                .key(organization, secret, null, KeyStatus.ACTIVE)
                .keyId()
                .toString();
    }

    /** DESIGN.md, section 6: the truth table, through HTTP, each change in force with the next push. */
    @Test
    void theTruthTable() {
        var unknown = UUID.randomUUID().toString();
        cells("none", "web-1", Map.of(global, 204, otherOverride, 401, unknown, 401, "", 401));
        cells("not linked", "stranger", Map.of(global, 204, override, 401, otherOverride, 401, unknown, 401, "", 401));

        rig.ledger.write(rig.ledger.system(organization, system, Instant.now().plusSeconds(3600)));
        cells("grace", "WEB-1", Map.of(global, 204, override, 204, otherOverride, 401, unknown, 401, "", 401));

        rig.ledger.write(rig.ledger.system(organization, system, Instant.now().minusMillis(1)));
        // Nothing was denied since the change, so the first push that is may pass for as long as rows travel.
        awaitStatus(401, global, "Web-1");
        cells("override", "Web-1", Map.of(global, 401, override, 204, otherOverride, 401, unknown, 401, "", 401));

        rig.ledger.write(rig.ledger.key(organization, override, system, KeyStatus.REVOKED));
        awaitStatus(401, override, "web-1");
        cells("revoked", "web-1", Map.of(global, 401, override, 401, otherOverride, 401, unknown, 401, "", 401));

        rig.ledger.write(rig.ledger.system(organization, system, null));
        cells("removed", "web-1", Map.of(global, 204, override, 401, otherOverride, 401, unknown, 401, "", 401));

        var off = new OrganizationSettings(false, UnlinkedHosts.ACCEPT, MixedBatches.SPLIT);
        rig.ledger.write(rig.ledger.organization(organization, off));
        awaitStatus(401, global, "web-1");
        cells("inactive", "web-1", Map.of(global, 401, override, 401, otherOverride, 401, unknown, 401, "", 401));
    }

    private void cells(String situation, String host, Map<String, Integer> expected) {
        expected.forEach((key, status) -> assertThat(rig.push(key, line(host)))
                .as("%s, key %s", situation, key.equals(global) ? "global" : key)
                .returns(status, HttpResponse::statusCode));
    }

    private void awaitStatus(int status, String key, String host) {
        try {
            CollectorRig.awaitUntil(
                    "a push is answered " + status,
                    () -> rig.push(key, line(host)).statusCode() == status);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String line(String host) {
        return "cpu,host=" + host + " v=1 1\n";
    }

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
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write("cpu,host=a v=1 7\n".getBytes(StandardCharsets.UTF_8));
        }
        var answer = rig.push(
                path + "?precision=ms&db=x&bucket=y",
                Map.of("Authorization", "Token " + global, "Content-Encoding", "gzip"),
                BodyPublishers.ofByteArray(out.toByteArray()));

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

    @Test
    void tooLargeIsToldAndTheConnectionIsNotReset() throws Exception {
        var lines = line("web-1").repeat(100_000);
        assertThat(rig.push(global, lines).statusCode()).isEqualTo(413);
        assertThat(rig.push(
                                "/api/v2/write",
                                Map.of("X-API-Key", global),
                                BodyPublishers.ofString("x".repeat(2_000_000)))
                        .statusCode())
                .isEqualTo(400);

        var bomb = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bomb)) {
            for (var i = 0; i < 64; i++) {
                gzip.write(new byte[1024 * 1024]);
            }
        }
        var answer = rig.push(
                "/api/v1/push",
                Map.of("X-API-Key", global, "Content-Encoding", "gzip"),
                BodyPublishers.ofByteArray(bomb.toByteArray()));
        assertThat(answer.statusCode()).isEqualTo(413);
    }

    /** A sender that writes on and reads only then must find the answer, not a reset. */
    @Test
    void aRefusedLargePushIsAnsweredBeforeItsBodyWasRead() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), rig.port("local.server.port"))) {
            socket.setSoTimeout(10_000);
            var out = socket.getOutputStream();
            out.write("POST /api/v1/push HTTP/1.1\r\nHost: x\r\nX-API-Key: nonsense\r\nContent-Length: 4000000\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            for (var i = 0; i < 40; i++) {
                out.write(new byte[50_000]);
                out.flush();
            }
            Thread.sleep(200);
            out.write(new byte[50_000]);
            out.flush();

            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 401");
            assertThat(answer.toLowerCase(Locale.ROOT)).contains("connection: close");
            assertThat(answer).contains("\"code\":\"malformed_key\"");
        }
    }

    @Test
    void aSenderThatGoesAwayLeavesNothingBehind() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), rig.port("local.server.port"))) {
            var head = "POST /write HTTP/1.1\r\nHost: x\r\nX-API-Key: " + global + "\r\nContent-Length: 500000\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(new byte[100_000]);
            socket.getOutputStream().flush();
            CollectorRig.awaitUntil("some of the body is held", () -> inFlight() > 0);
        }
        CollectorRig.awaitUntil("nothing of it is held", () -> inFlight() == 0);
    }

    private double inFlight() {
        return rig.management("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith("keyledger_push_in_flight_bytes "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    @Test
    void aLargePushIsCutAtLines() {
        var lines = ("cpu,host=web-1 msg=\"" + "x".repeat(1_000) + "\" 1\n").repeat(900);

        assertThat(rig.push(global, lines).statusCode()).isEqualTo(204);

        var parts = rig.telemetry(keyId(global));
        assertThat(parts).hasSize(2).allMatch(part -> part.length() <= 512 * 1024 && part.endsWith("\n"));
        assertThat(parts.stream().collect(Collectors.joining())).isEqualTo(lines);
    }

    /** What was just made is never refused by a Collector that has merely not heard of it. */
    @Test
    void aKeyThatWasJustMadePasses() {
        for (var secret : Ledger.newSecrets(60)) {
            var made = new SystemId(UUID.randomUUID());
            var host = "h-" + made;
            rig.ledger.write(
                    rig.ledger.key(organization, secret, made, KeyStatus.ACTIVE),
                    rig.ledger.system(organization, made, Ledger.LONG_AGO),
                    rig.ledger.host(organization, host, made));

            assertThat(rig.push(secret, line(host)).statusCode()).isEqualTo(204);
        }
    }

    @Test
    void anUnreadableRowMakesWhatItNamesUnreadyAlone() {
        rig.ledger.spoil(rig.ledger.host(organization, "web-1", system));
        awaitStatus(503, global, "web-1");
        assertThat(rig.push(global, line("other-host")).statusCode()).isEqualTo(204);

        rig.ledger.spoil(rig.ledger.key(organization, override, system, KeyStatus.REVOKED));
        awaitStatus(503, override, "web-1");
        var answer = rig.push(override, line("x"));
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(rig.push(global, line("other-host")).statusCode()).isEqualTo(204);

        rig.ledger.write(
                rig.ledger.host(organization, "web-1", system),
                rig.ledger.key(organization, override, system, KeyStatus.ACTIVE));
        awaitStatus(204, global, "web-1");
    }

    @Test
    void countsAndTells() throws InterruptedException {
        var before = rig.management("/actuator/collector").body();
        assertThat(rig.push(global, line("web-1") + line("stranger") + "broken\n")
                        .statusCode())
                .isEqualTo(204);
        assertThat(rig.push("nonsense", line("web-1")).statusCode()).isEqualTo(401);

        var after = rig.management("/actuator/collector").body();
        assertThat(number(after, "metricsReceived") - number(before, "metricsReceived"))
                .isEqualTo(2);
        assertThat(number(after, "pushRequests") - number(before, "pushRequests"))
                .isEqualTo(2);
        assertThat(number(after, "authFailures") - number(before, "authFailures"))
                .isEqualTo(1);
        assertThat(number(after, "unlinkedHosts") - number(before, "unlinkedHosts"))
                .isEqualTo(1);
        assertThat(number(after, "parseErrors") - number(before, "parseErrors")).isEqualTo(1);
        assertThat(rig.management("/actuator/prometheus").body())
                .contains("keyledger_gate_pushes_total{denial=\"malformed_key\",verdict=\"denied\"}")
                .contains("keyledger_metrics_received_total");

        CollectorRig.awaitUntil("usage is told", () -> usage().size() == 2);
        assertThat(usage()).extracting(HostUsage::items).containsOnly(1L);
        CollectorRig.awaitUntil(
                "denials are told",
                () -> denials().stream().anyMatch(it -> it.reason().equals("malformed_key")));
        assertThat(rig.records(Topics.COLLECTOR_STATUS)).isNotEmpty();
    }

    private List<HostUsage> usage() {
        return rig.records(Topics.KEY_USAGE).stream()
                .map(record -> rig.ledger
                        .codec()
                        .decode(RecordType.KEY_USAGE, record.value(), record.headers())
                        .orThrow())
                .filter(it -> it.keyId().toString().equals(keyId(global)))
                .flatMap(it -> it.hosts().stream())
                .toList();
    }

    private List<Denial> denials() {
        return rig.records(Topics.ACCESS_DENIALS).stream()
                .flatMap(record -> rig
                        .ledger
                        .codec()
                        .decode(RecordType.ACCESS_DENIALS, record.value(), record.headers())
                        .orThrow()
                        .denials()
                        .stream())
                .toList();
    }

    private static long number(String json, String name) {
        var from = json.indexOf("\"" + name + "\":") + name.length() + 3;
        var to = from;
        while (Character.isDigit(json.charAt(to))) {
            to++;
        }
        return Long.parseLong(json.substring(from, to));
    }
}
