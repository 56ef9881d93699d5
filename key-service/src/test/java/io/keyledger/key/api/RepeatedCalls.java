package io.keyledger.key.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Requests with an Idempotency-Key. */
interface RepeatedCalls extends ApiCalls {

    @Test
    default void aRepeatedRequestGetsTheFirstAnswer() {
        var once = owner().header("Idempotency-Key", "order-17");
        var first = once.post("/api/v1/systems", "{\"name\":\"shop\"}");
        var second = once.post("/api/v1/systems", "{\"name\":\"shop\"}");
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text("id")).isEqualTo(first.text("id"));
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");

        var other = once.post("/api/v1/systems", "{\"name\":\"other\"}");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.text("code")).isEqualTo("idempotency_key_reused");
        assertThat(owner().header("Idempotency-Key", "with space")
                        .post("/api/v1/systems", "{\"name\":\"x\"}")
                        .text("code"))
                .isEqualTo("invalid_idempotency_key");
    }

    @Test
    default void aRequestThatExpectsAnotherVersionIsAnother() {
        var path = "/api/v1/organization/settings";
        var settings = "{\"agentsActive\":true}";
        var once = owner().header("Idempotency-Key", "settings-1");
        var seen = once.header("If-Match", owner().get(path).header("ETag"));
        assertThat(seen.patch(path, settings).status()).isEqualTo(200);
        assertThat(seen.patch(path, settings).header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(once.patch(path, settings).text("code")).isEqualTo("idempotency_key_reused");
    }

    @Test
    default void aRepeatedRequestMayWaitForTheCollectorsAsItLikes() {
        var once = owner().header("Idempotency-Key", "patient-1");
        var first = once.post("/api/v1/systems", "{\"name\":\"shop\"}");
        for (var wait : List.of("?wait=enforced&timeout=PT0.2S", "?timeout=PT0.1S&wait=enforced", "?wait=enforced")) {
            var again = once.post("/api/v1/systems" + wait, "{\"name\":\"shop\"}");
            assertThat(again.text("id")).isEqualTo(first.text("id"));
            assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
            assertThat(again.json().has("enforcement")).isTrue();
        }

        var hosts = first.header("Location") + "/hosts";
        var stream = owner().header("Idempotency-Key", "patient-2").header("Content-Type", "text/plain");
        assertThat(stream.post(hosts + "?move=true", "web-1").status()).isEqualTo(200);
        var resumed = stream.post(hosts + "?wait=enforced&move=true&timeout=PT0.2S", "web-1");
        assertThat(resumed.status()).isEqualTo(200);
        assertThat(resumed.toString()).contains("\"replayed\":1");
        assertThat(stream.post(hosts + "?wait=enforced", "web-1").text("code")).isEqualTo("idempotency_key_reused");
    }

    @Test
    default void aRepeatedRequestGetsNoSecret() {
        var once = owner().header("Idempotency-Key", "regenerate-1");
        var first = once.post("/api/v1/collector-keys/global/regenerate");
        var second = once.post("/api/v1/collector-keys/global/regenerate");
        assertThat(first.text("secret")).isNotEmpty();
        assertThat(second.json().has("secret")).isFalse();
        assertThat(second.text("version")).isEqualTo(first.text("version"));

        var reveal = owner().header("Idempotency-Key", "reveal-1");
        assertThat(reveal.post("/api/v1/collector-keys/global/reveal").json().has("secret"))
                .isTrue();
        assertThat(reveal.post("/api/v1/collector-keys/global/reveal").json().has("secret"))
                .isFalse();

        var operator = as(Tenant.OPERATOR_TOKEN).header("Idempotency-Key", "organization-" + UUID.randomUUID());
        var made = operator.post("/api/v1/organizations", "{\"name\":\"Twice\"}");
        var again = operator.post("/api/v1/organizations", "{\"name\":\"Twice\"}");
        assertThat(again.text("id")).isEqualTo(made.text("id"));
        assertThat(again.json().has("ownerToken")).isFalse();
    }
}
