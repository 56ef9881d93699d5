package io.keyledger.key.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.key.ledger.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of bodies that are many, slow or nobody's. */
@Timeout(60)
class BodyTest {

    private static final ApiServer SERVER =
            ApiServer.start("keyledger.api.max-body=32KB", "keyledger.api.max-bodies=64KB");

    private final ApiClient owner = SERVER.newTenant().owner();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void whoCallsIsKnownBeforeTheBodyIsRead() throws IOException {
        try (var nobody = begin("tc-apiv1_" + "17".repeat(32), "Content-Length: 1000")) {
            assertThat(statusLine(nobody)).contains("401");
        }
        try (var nobody = begin("nonsense", "Transfer-Encoding: chunked")) {
            assertThat(statusLine(nobody)).contains("401");
        }
    }

    @Test
    void allBodiesTogetherHaveABound() throws Exception {
        var token = SERVER.newTenant().token();
        var slow = new ArrayList<Socket>();
        for (int i = 0; i < 3; i++) {
            var socket = begin(token, "Transfer-Encoding: chunked");
            socket.getOutputStream().write(chunk());
            slow.add(socket);
        }
        try {
            var refused = firstAnswered(slow);
            assertThat(head(refused)).contains("503").contains("Retry-After");
            assertThat(owner.post("/api/v1/collector-keys/global/revoke").status())
                    .as("no body, no room needed")
                    .isEqualTo(200);
            var comment = "\\ud83d\\udd11".repeat(Limits.COMMENT_LENGTH);
            assertThat(owner.post("/api/v1/collector-keys/global/regenerate", "{}")
                            .status())
                    .isEqualTo(200);
            assertThat(owner.post(
                                    "/api/v1/collector-keys/global/revoke",
                                    "{\"reason\":\"COMPROMISED\",\"comment\":\"" + comment + "\"}")
                            .status())
                    .as("the longest comment")
                    .isEqualTo(200);
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
        var made = owner.post("/api/v1/systems", "{\"name\":\"after\"}");
        for (int i = 0; made.status() != 201 && i < 100; i++) {
            Thread.sleep(20);
            made = owner.post("/api/v1/systems", "{\"name\":\"after\"}");
        }
        assertThat(made.status()).isEqualTo(201);
    }

    @Test
    void aFormIsRefusedAndNotRead() throws IOException {
        try (var form = begin("nonsense", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000")) {
            assertThat(statusLine(form)).contains("415");
        }
        assertThat(owner.header("Content-Type", "application/x-www-form-urlencoded")
                        .put("/api/v1/systems/x/hosts", "hosts=a")
                        .text("code"))
                .isEqualTo("unsupported_media_type");
    }

    /** It would be taken for what it is not: of compressed hosts some lines are names. */
    @ParameterizedTest
    @ValueSource(strings = {"gzip", "identity, br", "zstd,identity"})
    void aCompressedBodyIsRefusedAndNotRead(String encoding) throws IOException {
        try (var compressed = begin("nonsense", "Content-Encoding: " + encoding + "\r\nContent-Length: 1000")) {
            assertThat(statusLine(compressed)).contains("415");
        }
        var path = owner.post("/api/v1/systems", "{\"name\":\"shop\"}").header("Location");
        for (var type : List.of("text/plain", "application/x-ndjson", "application/json")) {
            var refused = owner.header("Content-Type", type)
                    .header("Content-Encoding", encoding)
                    .post(path + "/hosts", "web-1");
            assertThat(refused.status()).isEqualTo(415);
            assertThat(refused.text("code")).isEqualTo("unsupported_media_type");
            assertThat(refused.text("detail")).contains(encoding).contains("uncompressed");
        }
        assertThat(owner.get(path + "/hosts").json().at("/items")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "Identity", " identity , "})
    void aBodyMaySayThatItIsNotCompressed(String encoding) {
        assertThat(owner.header("Content-Encoding", encoding)
                        .post("/api/v1/systems", "{\"name\":\"shop\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aBodyIsAtMostAsLargeAsItMay() {
        assertThat(owner.post("/api/v1/systems", "{\"name\":\"" + "x".repeat(33_000) + "\"}")
                        .text("code"))
                .isEqualTo("too_large");
    }

    /** A request whose body does not come. */
    private static Socket begin(String token, String headers) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port());
        socket.setSoTimeout(10_000);
        var type = headers.contains("Content-Type") ? "" : "Content-Type: application/json\r\n";
        socket.getOutputStream()
                .write(("POST /api/v1/systems HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + token + "\r\n" + type
                                + headers + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** As much as needs room, and more to come. */
    private static byte[] chunk() {
        var size = BodyFilter.SMALL;
        return (Integer.toHexString(size) + "\r\n" + " ".repeat(size) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Each chunked body counts as the largest: there is room for two. */
    private static Socket firstAnswered(List<Socket> sockets) throws Exception {
        while (true) {
            for (var socket : sockets) {
                if (socket.getInputStream().available() > 0) {
                    return socket;
                }
            }
            Thread.sleep(20);
        }
    }

    private static String head(Socket socket) throws IOException {
        return new String(
                socket.getInputStream().readNBytes(socket.getInputStream().available()), StandardCharsets.US_ASCII);
    }

    private static String statusLine(Socket socket) throws IOException {
        var line = new StringBuilder();
        int read = socket.getInputStream().read();
        while (read > 0 && read != '\r') {
            line.append((char) read);
            read = socket.getInputStream().read();
        }
        return line.toString();
    }
}
