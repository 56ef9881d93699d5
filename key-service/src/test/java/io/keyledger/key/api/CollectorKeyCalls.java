package io.keyledger.key.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The global key and overrides. */
interface CollectorKeyCalls extends ApiCalls {

    @Test
    default void theGlobalKeyIsRegeneratedRevealedAndRevoked() {
        var listed = owner().get("/api/v1/collector-keys");
        assertThat(listed.json().at("/items").size()).isEqualTo(1);
        assertThat(listed.at("/items/0/kind")).isEqualTo("GLOBAL");
        assertThat(listed.at("/items/0/state")).isEqualTo("ACTIVE");
        assertThat(listed.at("/items/0/createdBy/kind")).isEqualTo("OPERATOR");
        assertThat(listed.json().at("/items/0").has("secret")).isFalse();

        var made = owner().post("/api/v1/collector-keys/global/regenerate");
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(made.text("secret")).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(made.json().at("/version").asInt()).isEqualTo(2);
        assertThat(made.text("hint")).isEqualTo("…" + made.text("secret").substring(32));

        var revealed = owner().post("/api/v1/collector-keys/global/reveal");
        assertThat(revealed.text("secret")).isEqualTo(made.text("secret"));

        var revoked = owner().post(
                        "/api/v1/collector-keys/global/revoke",
                        "{\"reason\":\"COMPROMISED\",\"comment\":\"in a paste\"}");
        assertThat(revoked.text("state")).isEqualTo("REVOKED");
        assertThat(revoked.at("/revoked/reason")).isEqualTo("COMPROMISED");
        var again = owner().post("/api/v1/collector-keys/global/revoke");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("code")).isEqualTo("already_revoked");
        assertThat(owner().post("/api/v1/collector-keys/global/regenerate").text("state"))
                .isEqualTo("ACTIVE");
    }

    @Test
    default void inAnOverlapTwoSecretsPassAndFinishEndsTheOlder() {
        var shop = system("shop");
        owner().post(shop + "/override");
        for (var key : List.of("/api/v1/collector-keys/global", shop + "/override")) {
            assertThat(owner().post(key + "/finish").text("code")).isEqualTo("no_overlap");
            var second = owner().post(key + "/regenerate", "{\"overlap\":\"PT24H\"}");
            assertThat(second.status()).as(second.toString()).isEqualTo(200);
            assertThat(Instant.parse(second.text("overlapUntil")))
                    .isBetween(
                            Instant.now().plus(Duration.ofHours(23)),
                            Instant.now().plus(Duration.ofHours(25)));
            assertThat(owner().get("/api/v1/collector-keys").json().at("/items").findValuesAsString("overlapUntil"))
                    .contains(second.text("overlapUntil"));
            assertThat(owner().post(key + "/reveal").text("secret")).isEqualTo(second.text("secret"));

            var finished = owner().post(key + "/finish");
            assertThat(finished.status()).as(finished.toString()).isEqualTo(200);
            assertThat(finished.json().at("/overlapUntil").isNull()).isTrue();
            assertThat(finished.json().has("secret")).isFalse();
            assertThat(owner().get("/api/v1/collector-keys").json().at("/items").findValues("overlapUntil"))
                    .allMatch(JsonNode::isNull);
            assertThat(owner().post(key + "/finish").status()).isEqualTo(409);

            for (var overlap : List.of("PT0S", "-PT1H", "P31D")) {
                var refused = owner().post(key + "/regenerate", "{\"overlap\":\"" + overlap + "\"}");
                assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
                assertThat(refused.text("code")).isEqualTo("overlap_out_of_range");
            }
            assertThat(owner().post(key + "/regenerate", "{\"overlap\":\"a day\"}")
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    default void overridesAreMadeAndRemoved() {
        var shop = system("shop");
        owner().post(shop + "/hosts", "{\"hosts\":[\"web-1\"]}");
        assertThat(owner().get("/api/v1/hosts/Web-1").text("expects")).isEqualTo("GLOBAL");

        var made = owner().post(shop + "/override", "{\"grace\":\"PT1H\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("kind")).isEqualTo("SYSTEM");
        assertThat(made.at("/system/name")).isEqualTo("shop");
        assertThat(made.text("secret")).isNotEmpty();
        assertThat(owner().post(shop + "/override").text("code")).isEqualTo("override_already_active");

        var host = owner().get("/api/v1/hosts/WEB-1");
        assertThat(host.text("expects")).isEqualTo("SYSTEM");
        assertThat(Instant.parse(host.text("globalUntil")))
                .isAfter(Instant.now().plusSeconds(3500));
        assertThat(host.at("/key/id")).isEqualTo(made.text("id"));
        assertThat(host.at("/key/secret")).isEmpty();

        assertThat(owner().post(shop + "/override/reveal").text("secret")).isEqualTo(made.text("secret"));
        var regenerated = owner().post(shop + "/override/regenerate");
        assertThat(regenerated.text("secret")).isNotEmpty().isNotEqualTo(made.text("secret"));
        assertThat(owner().post(shop + "/override/revoke", "{\"reason\":\"POLICY\"}")
                        .text("state"))
                .isEqualTo("REVOKED");
        var revoked = owner().get("/api/v1/hosts/web-1");
        assertThat(revoked.text("expects")).isEqualTo("SYSTEM");
        assertThat(revoked.json().at("/globalUntil").isNull())
                .as("the grace period is over")
                .isTrue();
        assertThat(owner().delete(shop + "/override").status()).isEqualTo(204);
        assertThat(owner().get("/api/v1/hosts/web-1").text("expects")).isEqualTo("GLOBAL");
        assertThat(owner().get("/api/v1/hosts/nobody").json().at("/system").isNull())
                .isTrue();
    }
}
