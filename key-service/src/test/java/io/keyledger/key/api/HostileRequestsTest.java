package io.keyledger.key.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a request holds, it is answered as the caller's mistake, and changes nothing. */
class HostileRequestsTest {

    private static final ApiServer SERVER = ApiServer.get();
    private static final Tenant TENANT = SERVER.newTenant();

    private final ApiClient owner = TENANT.owner();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"agentsActive\":1}",
                "{\"agentsActive\":0.0}",
                "{\"agentsActive\":\"false\"}",
                "{\"agentsActive\":\"\"}",
                "{\"agentsActive\":[false]}",
                "{\"agentsActive\":[]}",
                "{\"unlinkedHosts\":1}",
                "{\"unlinkedHosts\":\"1\"}",
                "{\"unlinkedHosts\":\"\"}",
                "{\"unlinkedHosts\":\"reject\"}",
                "{\"unlinkedHosts\":\"UNKNOWN\"}",
                "{\"mixedBatches\":99999999999999999999999999999999999}",
                "{\"mixedBatches\":{}}",
                "{\"agentsActive\":false} x",
                "{\"agentsActive\":false}{}",
                "{\"agentsActive\":false,\"agentsActive\":true}",
                "{\"AgentsActive\":false}",
                "null",
                "false",
                "\"\"",
                "NaN",
                "{'agentsActive':false}",
                "{\"agentsActive\":false,}",
                "\u0000",
                "\ufeff\ufeff{}",
            })
    void aGuessIsNoChange(String body) {
        var answer = owner.patch("/api/v1/organization/settings", body);
        assertMistake(answer);
        assertThat(owner.get("/api/v1/organization/settings").json().toString())
                .isEqualTo("{\"agentsActive\":true,\"unlinkedHosts\":\"ACCEPT\",\"mixedBatches\":\"SPLIT\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":5}",
                "{\"name\":true}",
                "{\"name\":[\"x\"]}",
                "{\"name\":null}",
                "{\"name\":\"\\u0000\"}",
                "{\"name\":\"a\\ud800\"}",
                "{\"name\":\"\\udc00a\"}",
                "{\"name\":\"\u2028\"}",
            })
    void aNameIsText(String body) {
        assertMistake(owner.post("/api/v1/systems", body));
    }

    @Test
    void whatIsDeepOrLongIsRefused() {
        assertMistake(owner.post("/api/v1/systems", "[".repeat(200_000)));
        assertMistake(owner.post("/api/v1/systems", "{\"name\":".repeat(100_000)));
        assertMistake(owner.post("/api/v1/systems", "{\"name\":" + "9".repeat(900_000) + "}"));
        assertMistake(owner.post("/api/v1/systems", "{\"" + "n".repeat(900_000) + "\":1}"));
        assertMistake(owner.post("/api/v1/systems", "{\"name\":\"" + "\ud83d\udd11".repeat(201) + "\"}"));
        assertMistake(owner.get("/api/v1/systems/" + "0".repeat(6_000)));
        assertMistake(owner.get("/api/v1/hosts/" + "h".repeat(256)));
        assertMistake(owner.get("/api/v1/systems?limit=99999999999999999999"));
        assertMistake(owner.header("Idempotency-Key", "k".repeat(256)).post("/api/v1/systems", "{\"name\":\"x\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/hosts/%00",
                "/api/v1/hosts/a%0Ab",
                "/api/v1/hosts/%ED%A0%80",
                "/api/v1/hosts/%FF",
                "/api/v1/systems/%00",
                "/api/v1/systems/0-0-0-0-0",
                "/api/v1/systems/00000000-0000-0000-0000-00000000000g",
                "/api/v1/commands/x",
                "/api/v1/changes/x/enforcement",
                "/api/v1/systems?limit=-1",
                "/api/v1/systems?cursor=%00",
                "/api/v1/systems?cursor=c3lzdGVtcwoA",
            })
    void aPathIsWholeOrNothing(String path) {
        assertMistake(owner.get(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "17", "true", "{\"name\":\"evil\"}", "[\"x\"]", "\"\"", "\"tc-apiv1_\""})
    void aTokenIsText(String token) {
        var answer =
                SERVER.asOperator().post("/api/v1/organizations", "{\"name\":\"Acme\",\"ownerToken\":" + token + "}");
        assertMistake(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P1Y", "PT", "1h", "PT1E9H", "PT99999999999999999999H", "-PT1H", "P1000000D", ""})
    void aGracePeriodIsADuration(String grace) {
        var system = owner.post("/api/v1/systems", "{\"name\":\"" + UUID.randomUUID() + "\"}")
                .text("id");
        assertMistake(owner.post("/api/v1/systems/" + system + "/override", "{\"grace\":\"" + grace + "\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"-1\"", "\"1\", \"2\"", "\"99999999999999999999\"", "W/", "\"\u00e9\"", ""})
    void aVersionIsOneETag(String version) {
        assertMistake(owner.header("If-Match", version).patch("/api/v1/organization/settings", "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {":", "0:", ":1", "0:-1", "-1:0", "0:99999999999999999999", "4:1", "2147483648:1", "0:1:2"})
    void aRevisionIsAPosition(String revision) {
        assertMistake(owner.header("Keyledger-Min-Revision", revision).get("/api/v1/systems"));
    }

    @Test
    void aCursorIsItsListsOwn() {
        var keys = Base64.getUrlEncoder().encodeToString("collector-keys\nGLOBAL/x".getBytes(StandardCharsets.UTF_8));
        assertThat(owner.get("/api/v1/collector-keys?cursor=" + keys).status()).isEqualTo(200);
        assertMistake(owner.get("/api/v1/systems?cursor=" + keys));
    }

    @Test
    void nothingIsToldOfAnotherOrganization() {
        var other = SERVER.newTenant().owner();
        var theirs = other.post("/api/v1/systems", "{\"name\":\"theirs\"}").text("id");
        other.post("/api/v1/systems/" + theirs + "/hosts", "{\"hosts\":[\"their-host\"]}");
        var command = other.post("/api/v1/systems/" + theirs + "/override").header("Keyledger-Command");
        var nowhere = UUID.randomUUID().toString();
        for (var path : new String[] {"", "/hosts"}) {
            assertThat(told(owner.get("/api/v1/systems/" + theirs + path), theirs))
                    .isEqualTo(told(owner.get("/api/v1/systems/" + nowhere + path), nowhere))
                    .contains("404");
        }
        for (var act : new String[] {"", "/regenerate", "/reveal", "/revoke", "/finish"}) {
            assertThat(told(owner.post("/api/v1/systems/" + theirs + "/override" + act), theirs))
                    .isEqualTo(told(owner.post("/api/v1/systems/" + nowhere + "/override" + act), nowhere))
                    .contains("404");
        }
        assertThat(told(owner.delete("/api/v1/systems/" + theirs), theirs))
                .isEqualTo(told(owner.delete("/api/v1/systems/" + nowhere), nowhere))
                .contains("404");
        assertThat(owner.get("/api/v1/hosts/their-host").at("/system")).isNullOrEmpty();
        assertThat(owner.get("/api/v1/commands/" + command).text("status")).isEqualTo("UNKNOWN");
        var mine = owner.post("/api/v1/systems", "{\"name\":\"theirs\"}").text("id");
        assertThat(owner.post("/api/v1/systems/" + mine + "/hosts", "{\"hosts\":[\"their-host\"]}")
                        .status())
                .isEqualTo(200);
    }

    private static String told(ApiClient.Answer answer, String id) {
        return answer.toString().replace(id, "ID");
    }

    private static void assertMistake(ApiClient.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(400, 499);
    }
}
