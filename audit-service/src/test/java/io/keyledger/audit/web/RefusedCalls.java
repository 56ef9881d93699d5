package io.keyledger.audit.web;

import static io.keyledger.audit.web.ServiceFixture.NARROW;
import static io.keyledger.audit.web.ServiceFixture.OTHERS;
import static io.keyledger.audit.web.ServiceFixture.REVOKED;
import static io.keyledger.audit.web.ServiceFixture.TOKEN;
import static io.keyledger.audit.web.ServiceFixture.VIEWERS;
import static io.keyledger.audit.web.ServiceFixture.assertProblem;
import static io.keyledger.audit.web.ServiceFixture.client;
import static io.keyledger.audit.web.ServiceFixture.get;
import static io.keyledger.audit.web.ServiceFixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.Samples;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, and to whom. */
interface RefusedCalls {

    @ParameterizedTest
    @Order(1)
    @CsvSource({
        "/api/v1/events?cursor=abc, 400, invalid_cursor, abc",
        "/api/v1/revoked-keys?cursor=abc, 400, invalid_cursor, abc",
        "/api/v1/events?key=nobody, 400, invalid_parameter, nobody",
        "/api/v1/events?from=yesterday, 400, invalid_parameter, yesterday",
        "/api/v1/alarms?cursor=abc, 400, invalid_cursor, abc",
        "/api/v1/events?limit=99999999999999999999, 400, invalid_parameter, 9999",
        "/api/v1/events?limit=-1, 400, invalid_parameter, -1",
        "/api/v1/events?limit=1&limit=2, 400, invalid_parameter, one limit",
        "/api/v1/events?from=%2B999999999-12-31T23:59:59Z, 400, invalid_parameter, from",
        "/api/v1/events?type=x'%20OR%20'1'='1, 400, invalid_parameter, type",
        "/api/v1/events?actor=1%00, 400, invalid_parameter, actor",
        "/api/v1/events?limit=201, 400, invalid_parameter, 201",
        "/api/v1/events?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z, 400, invalid_parameter, from before to",
        "/api/v1/events?sytem=x, 400, invalid_parameter, sytem",
        "/api/v1/events/nobody, 400, invalid_parameter, nobody",
        "/api/v1/events/0197f0c2-0099-7000-8000-000000000099, 404, event_not_found, 0197f0c2-0099",
        "/api/v1/nothing, 404, not_found, nothing"
    })
    default void namesWhatIsWrong(String path, int status, String code, String named) {
        var answer = get(path);

        assertProblem(answer, status, code);
        assertThat(answer.json().path("detail").asString()).contains(named);
    }

    @Test
    @Order(1)
    default void letsNobodyInWithoutAKeyThatMay() {
        assertProblem(client.get("/api/v1/events", null), 401, "missing_key");
        assertProblem(client.get("/api/v1/events", token(99)), 401, "unknown_key");
        assertProblem(client.get("/api/v1/events", "nonsense"), 401, "malformed_key");
        assertProblem(client.get("/api/v1/events", REVOKED), 401, "revoked_key");
        assertProblem(client.get("/api/v1/events", VIEWERS), 403, "permission_missing");
        assertProblem(client.get("/api/v1/revoked-keys", NARROW), 403, "permission_missing");
        assertThat(client.get("/api/v1/events", token(99)).body()).doesNotContain(token(99));
    }

    @Test
    @Order(1)
    default void readsAKeyWhereverASenderCanPutIt() {
        var path = "/api/v1/events?limit=1&key=" + Samples.GLOBAL_KEY.keyId();
        var basic = Base64.getEncoder().encodeToString((":" + TOKEN).getBytes(StandardCharsets.UTF_8));
        for (var authorization : List.of("Token " + TOKEN, "Basic " + basic)) {
            assertThat(client.getWith(path, Map.of("Authorization", authorization))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(client.getWith(path, Map.of("Authorization", "Token", "X-API-Key", TOKEN))
                        .status())
                .isEqualTo(200);
        assertProblem(client.getWith(path, Map.of("Authorization", "Bearer " + TOKEN)), 401, "bearer_not_accepted");
        assertProblem(
                client.getWith(path, Map.of("Authorization", "Token " + OTHERS, "X-API-Key", TOKEN)),
                400,
                "two_credentials");
        var inUrl = get(path + "&token=" + TOKEN);
        assertProblem(inUrl, 400, "key_in_url");
        assertThat(inUrl.body()).doesNotContain(TOKEN);
    }
}
