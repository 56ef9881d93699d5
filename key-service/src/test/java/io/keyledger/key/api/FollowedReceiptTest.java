package io.keyledger.key.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.LedgerEvent;
import io.keyledger.event.Topics;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is shown the receipt of a change, once or as it grows. */
class FollowedReceiptTest extends CollectorsHarness {

    /** A System is made, and the one Collector that there is has not followed yet. */
    private LedgerEvent unconfirmedChange() {
        server.fleet.hear("a", 0);
        owner.post("/api/v1/systems", "{\"name\":\"shop\"}");
        var event = server.ledger.events.getLast();
        server.fleet.onEvent(tenant.partition(), event);
        return event;
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
