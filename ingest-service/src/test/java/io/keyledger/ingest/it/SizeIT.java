package io.keyledger.ingest.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large pushes: cut, bounded, refused, broken off. */
class SizeIT extends PushScenario {

    SizeIT() {
        super(
                "--keyledger.push.max-body=1MB",
                "--keyledger.push.max-decompressed=1MB",
                "--keyledger.push.max-lines=50000",
                "--keyledger.push.max-in-flight-per-organization=4MB",
                "--keyledger.telemetry.max-record=16KB");
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

        var bomb = gzip(new byte[64 * 1024 * 1024]);
        var answer = rig.push(
                "/api/v1/push",
                Map.of("X-API-Key", global, "Content-Encoding", "gzip"),
                BodyPublishers.ofByteArray(bomb));
        assertThat(answer.statusCode()).isEqualTo(413);
    }

    /** A sender that writes on and reads only then must find the answer, not a reset. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Expect: 100-continue\r\n"})
    void aRefusedLargePushIsAnsweredBeforeItsBodyWasRead(String header) throws Exception {
        try (var socket = connect()) {
            var out = socket.getOutputStream();
            send(
                    socket,
                    "POST /api/v1/push HTTP/1.1\r\nHost: x\r\nX-API-Key: nonsense\r\n" + header
                            + "Content-Length: 8000000\r\n\r\n");
            // More than the sockets hold: it has to be read.
            for (var i = 0; i < 140; i++) {
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
        try (var socket = connect()) {
            var head = "POST /write HTTP/1.1\r\nHost: x\r\nX-API-Key: " + global + "\r\nContent-Length: 500000\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(new byte[100_000]);
            socket.getOutputStream().flush();
            CollectorRig.awaitUntil("some of the body is held", () -> rig.inFlight() > 0);
        }
        CollectorRig.awaitUntil("nothing of it is held", () -> rig.inFlight() == 0);
    }

    @Test
    void aLargePushIsCutAtLines() {
        var lines = ("cpu,host=web-1 msg=\"" + "x".repeat(1_000) + "\" 1\n").repeat(900);

        assertThat(rig.push(global, lines).statusCode()).isEqualTo(204);

        var parts = rig.telemetry(keyId(global));
        assertThat(parts).hasSizeGreaterThan(50).allMatch(part -> part.length() <= 16 * 1024 && part.endsWith("\n"));
        assertThat(parts.stream().collect(Collectors.joining())).isEqualTo(lines);
    }

    /** A single line cannot be split, and a sender that tries would do so for ever. */
    @Test
    void aCompressedLineThatIsTooLargeIsNotRetried() throws Exception {
        var line = gzip(("cpu,host=a m=\"" + "x".repeat(2_000_000) + "\" 1\n").getBytes(StandardCharsets.UTF_8));
        var headers = Map.of("X-API-Key", global, "Content-Encoding", "gzip");

        assertThat(rig.push("/api/v2/write", headers, BodyPublishers.ofByteArray(line)))
                .returns(400, HttpResponse::statusCode);
        assertThat(rig.push("/write", headers, BodyPublishers.ofByteArray(line)))
                .returns(413, HttpResponse::statusCode);
    }

    /** 300 KB, sent as little, become 1.3 MB in many records. */
    @Test
    void shortLinesExpandWithinBounds() throws Exception {
        var headers = Map.of("X-API-Key", global, "Content-Encoding", "gzip");
        var many = gzip("a b=1\n".repeat(50_000).getBytes(StandardCharsets.UTF_8));
        assertThat(rig.push("/api/v1/push", headers, BodyPublishers.ofByteArray(many)))
                .returns(204, HttpResponse::statusCode);
        assertThat(rig.telemetry(keyId(global)).stream()
                        .mapToLong(it -> it.lines().count())
                        .sum())
                .isEqualTo(50_000);

        var tooMany = gzip("a b=1\n".repeat(50_001).getBytes(StandardCharsets.UTF_8));
        var answer = rig.push("/api/v1/push", headers, BodyPublishers.ofByteArray(tooMany));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("50000 lines");
        assertThat(rig.inFlight()).isZero();
    }

    /** It would never pass, however often it came again. */
    @Test
    void whatNeedsMoreThanItsOrganizationMayHoldIsTooLarge() {
        var hosts = IntStream.range(0, 40_000)
                .mapToObj(i -> "a,host=" + Integer.toString(i, 36) + " b=1 1\n")
                .collect(Collectors.joining());

        assertThat(rig.push(global, hosts)).returns(413, HttpResponse::statusCode);
    }
}
