package io.keyledger.key.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.LedgerEvent;
import io.keyledger.event.Topics;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Who is told what about the Collectors, and how a change waits for them. */
class EnforcementTest {

    private final ApiServer server = ApiServer.get();
    private final Tenant tenant = server.newTenant();
    private final ApiClient owner = tenant.owner();

    @BeforeEach
    @AfterEach
    void noCollectors() {
        server.fleet.forgetAll();
        server.fleet.known = true;
    }

    /** A System is made, and the one Collector that there is has not followed yet. */
    private LedgerEvent unconfirmedChange() {
        server.fleet.hear("a", 0);
        owner.post("/api/v1/systems", "{\"name\":\"shop\"}");
        var event = server.ledger.events.getLast();
        server.fleet.onEvent(tenant.partition(), event);
        return event;
    }

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
        assertThat(owner.get("/api/v1/systems").json().at("/items")).isEmpty();
        assertThat(owner.get("/api/v1/collectors").text("code")).isEqualTo("receipts_unavailable");
        assertThat(owner.post("/api/v1/systems", "{\"name\":\"all the same\"}").status())
                .isEqualTo(201);
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

    @Test
    void aChangesReceiptIsShownToItsOrganizationAlone() {
        var event = unconfirmedChange();
        var path = "/api/v1/changes/" + event.eventId() + "/enforcement";

        assertThat(owner.get(path).at("/laggards/0/id")).isEqualTo("a");
        assertThat(owner.get(path).json().at("/lastAfterMs").isNull()).isTrue();
        server.fleet.hear("a", event.revision());
        assertThat(owner.get(path).json().at("/enforcedOn").asInt()).isOne();

        assertThat(server.newTenant().owner().get(path).text("code")).isEqualTo("change_not_found");
        assertThat(owner.get("/api/v1/changes/" + UUID.randomUUID() + "/enforcement")
                        .status())
                .isEqualTo(404);
        assertThat(owner.get("/api/v1/changes/none/enforcement").status()).isEqualTo(400);
        assertThat(owner.get("/api/v1/changes/none/enforcement").text("code")).isEqualTo("invalid");
        assertThat(server.asOperator()
                        .get(path + "?organization=" + tenant.id())
                        .status())
                .isEqualTo(200);
        assertThat(server.asNobody().get(path).status()).isEqualTo(401);
    }

    @Test
    void aReceiptIsFollowedUntilAllHaveConfirmed() throws Exception {
        var event = unconfirmedChange();
        var confirming = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(300);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            server.fleet.hear("a", event.revision());
        });
        var stream = owner.header("Accept", "text/event-stream")
                .get("/api/v1/changes/" + event.eventId() + "/enforcement?timeout=PT20S");
        confirming.join();

        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
        assertThat(stream.response().body().lines().filter(line -> line.startsWith("data:")))
                .hasSize(2)
                .first()
                .asString()
                .contains("\"enforcedOn\":0");
        assertThat(stream.response().body()).contains("event:enforcement").contains("\"enforcedOn\":1,\"of\":1");
        var unknown = owner.header("Accept", "text/event-stream")
                .get("/api/v1/changes/" + UUID.randomUUID() + "/enforcement");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.text("code")).isEqualTo("change_not_found");
    }

    @Test
    @Timeout(60)
    void followersOfOneOrganizationLeaveRoomForOthers() throws Exception {
        var event = unconfirmedChange();
        var others = server.newTenant().owner();
        others.post("/api/v1/systems", "{\"name\":\"shop\"}");
        var theirs = server.ledger.events.getLast();
        server.fleet.onEvent(Topics.partition(theirs.organizationId(), Tenant.PARTITIONS), theirs);
        var refused = new AtomicReference<ApiClient.Answer>();
        var followers = Stream.generate(() -> Thread.ofVirtual().start(() -> {
                    var answer = follow(owner, event, "PT20S");
                    if (answer.status() != 200) {
                        refused.set(answer);
                    }
                }))
                .limit(17)
                .toList();
        while (refused.get() == null) {
            Thread.sleep(10);
        }

        assertThat(refused.get().status()).isEqualTo(503);
        assertThat(refused.get().text("code")).isEqualTo("overloaded");
        assertThat(follow(others, theirs, "PT0.1S").status()).isEqualTo(200);
        server.fleet.hear("a", event.revision());
        for (var follower : followers) {
            follower.join();
        }
        assertThat(follow(owner, event, "PT20S").status()).isEqualTo(200);
    }

    private static ApiClient.Answer follow(ApiClient client, LedgerEvent change, String timeout) {
        return client.header("Accept", "text/event-stream")
                .get("/api/v1/changes/" + change.eventId() + "/enforcement?timeout=" + timeout);
    }

    @Test
    void aStreamThatHasNothingToTellIsNotIdle() {
        var event = unconfirmedChange();
        var path = "/api/v1/changes/" + event.eventId() + "/enforcement?timeout=PT2.5S";

        var stream = owner.header("Accept", "text/event-stream").get(path);

        assertThat(stream.response().body().lines().filter(line -> line.startsWith("data:")))
                .hasSize(1);
        assertThat(stream.response().body().lines().filter(line -> line.startsWith(":")))
                .isNotEmpty();
        var others = server.newTenant().owner().header("Accept", "text/event-stream");
        assertThat(others.get(path).text("code")).isEqualTo("change_not_found");
        assertThat(server.asNobody()
                        .header("Accept", "text/event-stream")
                        .get(path)
                        .status())
                .isEqualTo(401);
    }
}
