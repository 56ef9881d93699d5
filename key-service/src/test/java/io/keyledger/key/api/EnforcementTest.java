package io.keyledger.key.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** How a change waits for the Collectors, and what its answer tells of them. */
class EnforcementTest extends CollectorsHarness {

    @Test
    void aChangeThatWaitsTellsOnHowManyCollectorsItIsEnforced() {
        server.fleet.hear("a", Long.MAX_VALUE);
        server.fleet.hear("b", Long.MAX_VALUE);
        var made = owner.post("/api/v1/systems?wait=enforced", "{\"name\":\"shop\"}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("name")).isEqualTo("shop");
        assertThat(made.json().at("/enforcement/enforcedOn").asInt()).isEqualTo(2);
        assertThat(made.json().at("/enforcement/of").asInt()).isEqualTo(2);
        assertThat(made.json().at("/enforcement/lastAfterMs").isNumber()).isTrue();
        assertThat(made.json().at("/enforcement/laggards")).isEmpty();
        assertThat(made.json().at("/enforcement").has("unprovable")).isFalse();
    }

    @Test
    void laggardsAreNamedWhenTimeIsOutAndTheChangeIsMadeAllTheSame() {
        server.fleet.hear("a", Long.MAX_VALUE);
        server.fleet.hear("b", 0);
        var revoked = owner.post("/api/v1/collector-keys/global/revoke?wait=enforced&timeout=PT0.2S");

        assertThat(revoked.status()).isEqualTo(200);
        assertThat(revoked.text("state")).isEqualTo("REVOKED");
        assertThat(revoked.json().at("/enforcement/enforcedOn").asInt()).isEqualTo(1);
        assertThat(revoked.at("/enforcement/laggards/0/id")).isEqualTo("b");
        assertThat(revoked.at("/enforcement/laggards/0/state")).isEqualTo("LIVE");
    }

    @Test
    void aStreamTellsItAtItsEnd() {
        server.fleet.hear("a", Long.MAX_VALUE);
        server.fleet.hear("b", 0);
        var path = owner.post("/api/v1/systems", "{\"name\":\"shop\"}").header("Location");
        var text = owner.header("Content-Type", "text/plain");
        var linked = text.post(path + "/hosts?wait=enforced&timeout=PT0.2S", "web-1\nweb-2");

        var last = JsonMapper.shared()
                .readTree(linked.response().body().lines().toList().getLast());
        assertThat(last.at("/summary/linked").asInt()).isEqualTo(2);
        assertThat(last.at("/enforcement/of").asInt()).isEqualTo(2);
        assertThat(last.at("/enforcement/laggards/0/id").asString()).isEqualTo("b");

        server.fleet.known = false;
        var refused = text.post(path + "/hosts?wait=enforced", "web-3");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("code")).isEqualTo("receipts_unavailable");
        assertThat(owner.delete(path + "/hosts/web-3").text("code")).isEqualTo("host_not_linked");
    }

    @Test
    void anAnswerWithoutABodyGetsOne() {
        var path = owner.post("/api/v1/systems", "{\"name\":\"shop\"}").header("Location");
        assertThat(owner.delete(path).status()).isEqualTo(204);

        var other = owner.post("/api/v1/systems", "{\"name\":\"mail\"}").header("Location");
        var waited = owner.delete(other + "?wait=enforced");
        assertThat(waited.status()).isEqualTo(200);
        assertThat(waited.json().at("/enforcement/of").asInt()).isZero();
        assertThat(waited.header("Keyledger-Revision")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wait=applied",
                "wait=",
                "timeout=PT5S",
                "wait=enforced&wait=applied",
                "wait=enforced&timeout=PT1S&timeout=PT2S",
                "wait=enforced&timeout=5",
                "wait=enforced&timeout=PT0S",
                "wait=enforced&timeout=-PT1S",
                "wait=enforced&timeout=PT2H"
            })
    void whatIsNoWaitIsRefusedBeforeAnythingIsChanged(String query) {
        var refused = owner.post("/api/v1/systems?" + query, "{\"name\":\"never\"}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("code")).isEqualTo("invalid");
        assertThat(owner.get("/api/v1/systems").json().at("/items")).isEmpty();
    }

    @Test
    void whoCannotKnowTheCollectorsChangesNothing() {
        server.fleet.known = false;
        var refused = owner.post("/api/v1/systems?wait=enforced", "{\"name\":\"never\"}");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("code")).isEqualTo("receipts_unavailable");
        assertThat(refused.text("detail")).contains("Nothing was changed").contains("without wait=enforced");
        assertThat(owner.get("/api/v1/systems").json().at("/items")).isEmpty();
        assertThat(owner.post("/api/v1/systems", "{\"name\":\"all the same\"}").status())
                .isEqualTo(201);
    }

    @Test
    void whoAsksWhileTheCollectorsAreUnknownIsNotToldOfChanges() {
        server.fleet.known = false;
        for (var path : List.of("/api/v1/collectors", "/api/v1/changes/" + UUID.randomUUID() + "/enforcement")) {
            var unknown = owner.get(path);
            assertThat(unknown.status()).isEqualTo(503);
            assertThat(unknown.text("code")).isEqualTo("receipts_unavailable");
            assertThat(unknown.text("detail")).contains("Try again").doesNotContain("changed");
        }
    }

    @Test
    void aReceiptIsNullIfTheCollectorsBecameUnknownMeanwhile() throws Exception {
        server.fleet.hear("a", 0);
        var cut = unknownAfterTheNextEvent();
        var made = owner.post("/api/v1/systems?wait=enforced&timeout=PT1S", "{\"name\":\"shop\"}");
        cut.join();

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().has("enforcement")).isTrue();
        assertThat(made.json().at("/enforcement").isNull()).isTrue();
    }

    @Test
    void soIsThatOfAStream() throws Exception {
        var path = owner.post("/api/v1/systems", "{\"name\":\"shop\"}").header("Location");
        server.fleet.hear("a", 0);
        var cut = unknownAfterTheNextEvent();
        var linked =
                owner.header("Content-Type", "text/plain").post(path + "/hosts?wait=enforced&timeout=PT1S", "web-1");
        cut.join();

        assertThat(linked.response().body().lines().toList().getLast())
                .contains("\"summary\"")
                .endsWith("\"enforcement\":null}");
        server.fleet.known = true;
        assertThat(owner.header("Content-Type", "text/plain")
                        .post(path + "/hosts", "web-2")
                        .toString())
                .doesNotContain("enforcement");
    }

    private Thread unknownAfterTheNextEvent() {
        int before = server.ledger.events.size();
        return Thread.ofVirtual().start(() -> {
            while (server.ledger.events.size() == before) {
                Thread.onSpinWait();
            }
            server.fleet.known = false;
        });
    }
}
