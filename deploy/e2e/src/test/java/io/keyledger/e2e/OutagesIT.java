package io.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What of the suite goes on when a part is away, and that all resumes by itself. */
@ExtendWith(SharedSuite.class)
class OutagesIT {

    private static final Duration RESUME = Duration.ofMinutes(1);

    @Test
    void withoutPostgresARevocationStillWorksAndIsEnforced(Suite suite) {
        var tenant = suite.newTenant("outage postgres");
        var system = tenant.newSystem("shop", "web");
        var secret = tenant.newOverride(system);
        var line = "cpu,host=web usage=1\n";
        assertThat(tenant.pushEverywhere(secret, line)).containsExactly(204, 204);

        suite.stopPostgres();
        try {
            tenant.api()
                    .post("/api/v1/systems/" + system + "/override/revoke", Map.of("reason", "COMPROMISED"))
                    .expect(200);
            tenant.awaitEverywhere(401, secret, line);
            var list = tenant.api().get("/api/v1/systems").expect(503);
            assertThat(list.text("code")).isEqualTo("directory_unavailable");
            assertThat(list.headers().firstValue("Retry-After")).isPresent();
            assertThat(tenant.audit().get("/api/v1/events").status()).isEqualTo(503);
        } finally {
            suite.startPostgres();
        }
        Await.until(
                "the directory to answer again",
                RESUME,
                () -> tenant.api().get("/api/v1/systems").status() == 200);
        assertThat(tenant.api()
                        .get("/api/v1/hosts/web")
                        .expect(200)
                        .body()
                        .at("/key/state")
                        .asString())
                .isEqualTo("REVOKED");
        Await.until("the revocation to be in the permanent record", RESUME, () -> {
            var events = tenant.audit().get("/api/v1/events?type=KeyRevoked");
            return events.status() == 200 && events.body().path("items").size() == 1;
        });
    }

    @Test
    void withoutABrokerPushesAreKeptByTheirSendersAndRevokedKeysStayRefused(Suite suite) {
        var tenant = suite.newTenant("outage broker");
        var system = tenant.newSystem("shop", "web");
        var revoked = tenant.newOverride(system);
        var current = tenant.api()
                .post("/api/v1/systems/" + system + "/override/regenerate")
                .expect(200)
                .text("secret");
        var line = "cpu,host=web usage=1\n";
        assertThat(tenant.pushEverywhere(current, line)).containsExactly(204, 204);
        tenant.awaitEverywhere(401, revoked, line);

        suite.stopBroker();
        try {
            for (int collector = 0; collector < 2; collector++) {
                var answer = tenant.push(collector, current, line);
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                assertThat(tenant.push(collector, revoked, line).statusCode()).isEqualTo(401);
            }
            assertThat(tenant.api()
                            .post("/api/v1/systems", Map.of("name", "not now"))
                            .status())
                    .isIn(503, 504);
        } finally {
            suite.startBroker();
        }
        Await.until(
                "pushes to be accepted again",
                RESUME,
                () -> tenant.pushEverywhere(current, line).equals(List.of(204, 204)));
        assertThat(tenant.pushEverywhere(revoked, line)).containsExactly(401, 401);
        Await.until(
                "changes to be accepted again",
                RESUME,
                () -> List.of(201, 409)
                        .contains(tenant.api()
                                .post("/api/v1/systems", Map.of("name", "now"))
                                .status()));
    }

    @Test
    void nobodyNoticesThatTheRegistryIsAway(Suite suite) {
        var tenant = suite.newTenant("outage registry");
        suite.stopRegistry();
        try {
            var secret = tenant.newOverride(tenant.newSystem("shop", "web"));
            assertThat(tenant.pushEverywhere(secret, "cpu,host=web usage=1\n")).containsExactly(204, 204);
            assertThat(tenant.api().get("/api/v1/systems").expect(200).body().path("items"))
                    .hasSize(1);
            Await.until(
                    "the events in the permanent record",
                    RESUME,
                    () -> tenant.audit()
                                    .get("/api/v1/events?type=KeyCreated")
                                    .body()
                                    .path("items")
                                    .size()
                            == 3);
            suite.collectors.get(1).stop();
            suite.collectors.get(1).spawn().awaitReady();
            assertThat(tenant.pushEverywhere(secret, "cpu,host=web usage=1\n")).containsExactly(204, 204);
        } finally {
            suite.startRegistry();
        }
    }
}
