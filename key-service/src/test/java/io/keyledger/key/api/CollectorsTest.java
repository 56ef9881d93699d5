package io.keyledger.key.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.key.receipt.Statuses;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of the Collectors, and to whom. */
class CollectorsTest extends CollectorsHarness {

    @Test
    void onlyTheOperatorSeesWhereCollectorsAre() {
        server.fleet.hear("b", 1);
        server.fleet.hear("a", 1);
        var seen = owner.get("/api/v1/collectors");
        assertThat(seen.json().at("/items").findValuesAsString("id")).containsExactly("a", "b");
        assertThat(seen.at("/items/0/state")).isEqualTo("LIVE");
        assertThat(seen.at("/items/0/region")).isEqualTo("eu-1");
        assertThat(seen.json().at("/items/0").propertyNames())
                .containsExactlyInAnyOrder("id", "region", "state", "lastHeardAt");

        var byOperator = server.asOperator().get("/api/v1/collectors?limit=1");
        assertThat(byOperator.at("/items/0/address")).isEqualTo("http://10.0.0.1:8081");
        var next = server.asOperator().get("/api/v1/collectors?cursor=" + byOperator.text("next"));
        assertThat(next.json().at("/items").findValuesAsString("id")).containsExactly("b");
        assertThat(server.asNobody().get("/api/v1/collectors").status()).isEqualTo(401);
    }

    @Test
    void twoProcessesWithOneIdAreShownAsTwo() throws Exception {
        var one = Statuses.of("a", 1, Tenant.PARTITIONS);
        var another = one.startedLater(Duration.ofSeconds(1));
        for (var status : List.of(one, another, one, another)) {
            server.fleet.hear(status);
            Thread.sleep(2);
        }
        var first = server.asOperator().get("/api/v1/collectors?limit=1");
        assertThat(first.at("/items/0/sharesId")).isEqualTo("true");
        var second = server.asOperator().get("/api/v1/collectors?cursor=" + first.text("next"));
        assertThat(second.json().at("/items")).hasSize(1);
        assertThat(second.at("/items/0/id")).isEqualTo("a");
        assertThat(second.at("/items/0/startedAt")).isNotEqualTo(first.at("/items/0/startedAt"));
        assertThat(owner.get("/api/v1/collectors").at("/items/1/sharesId")).isEqualTo("true");
        assertThat(owner.post("/api/v1/systems?wait=enforced&timeout=PT0.1S", "{\"name\":\"shop\"}")
                        .json()
                        .at("/enforcement/of")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aClockThatIsOffByMoreThanASecondIsReported() {
        for (int status = 0; status < 3; status++) {
            server.fleet.hear(Statuses.of("ahead", 1, Tenant.PARTITIONS), Duration.ofMillis(1_001));
            server.fleet.hear(Statuses.of("behind", 1, Tenant.PARTITIONS), Duration.ofSeconds(-90));
            server.fleet.hear(Statuses.of("near", 1, Tenant.PARTITIONS), Duration.ofSeconds(1));
        }
        server.fleet.hear("new", 1);
        var seen = server.asOperator().get("/api/v1/collectors");

        assertThat(seen.json().at("/items").findValuesAsString("id")).containsExactly("ahead", "behind", "near", "new");
        assertThat(seen.json().at("/items").findValuesAsString("clockSkewMs"))
                .containsExactly("1001", "-90000", "1000");
        assertThat(seen.json().at("/items").findValuesAsString("clockOff"))
                .containsExactly("true", "true", "false", "false");
        assertThat(seen.json().at("/items/3").has("clockSkewMs")).isFalse();
    }
}
