package io.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two secrets of a key at once: both pass everywhere, the older until the second at which its time is over. */
@ExtendWith(SharedSuite.class)
class OverlapIT {

    private static final String LINE = "cpu,host=web usage=1\n";

    @Test
    void theOlderSecretPassesUntilItsTimeIsOver(Suite suite) {
        var tenant = suite.newTenant("overlap");
        var system = tenant.newSystem("shop", "web");
        var older = tenant.newOverride(system);

        var newer = regenerate(tenant, system, "PT4S");
        var end = Instant.parse(newer.text("overlapUntil"));
        assertPasses(tenant, newer.text("secret"));
        assertPassesUntil(end, tenant, older);

        assertThat(tenant.pushEverywhere(older, LINE)).containsExactly(401, 401);
        assertPasses(tenant, newer.text("secret"));
    }

    @Test
    void finishEndsItSooner(Suite suite) {
        var tenant = suite.newTenant("finish");
        var system = tenant.newSystem("shop", "web");
        var older = tenant.newOverride(system);
        var newer = regenerate(tenant, system, "PT24H").text("secret");
        assertPasses(tenant, older);

        var finished = tenant.api().post("/api/v1/systems/" + system + "/override/finish?wait=enforced");
        assertThat(finished.expect(200).body().at("/enforcement/enforcedOn").asInt())
                .isEqualTo(2);
        assertThat(tenant.pushEverywhere(older, LINE)).containsExactly(401, 401);
        assertPasses(tenant, newer);
    }

    /** All that is answered before the end passes. */
    private static void assertPassesUntil(Instant end, Tenant tenant, String secret) {
        for (int collector = 0; collector < 2; collector++) {
            int status = tenant.push(collector, secret, LINE).statusCode();
            assertThat(status == 204 || !Instant.now().isBefore(end))
                    .as("pushed to collector %d before the end: %d", collector, status)
                    .isTrue();
        }
        Await.until(
                "the end of the overlap",
                Duration.ofSeconds(30),
                () -> Instant.now().isAfter(end));
    }

    private static void assertPasses(Tenant tenant, String secret) {
        assertThat(tenant.pushEverywhere(secret, LINE)).containsExactly(204, 204);
    }

    private static Api.Answer regenerate(Tenant tenant, String system, String overlap) {
        return tenant.api()
                .post("/api/v1/systems/" + system + "/override/regenerate", Map.of("overlap", overlap))
                .expect(200);
    }
}
