package io.keyledger.audit.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.audit.Eventually;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.Permission;
import io.keyledger.event.Samples;
import io.keyledger.event.Topics;
import io.keyledger.local.LocalBroker;
import io.keyledger.local.LocalPostgres;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API. The outages come last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApiIT extends ServiceFixture {
    @Test
    @Order(1)
    void pagesNewestFirstWithoutLosingOrRepeatingOne() {
        var revisions = new ArrayList<Long>();
        var next = "";
        do {
            var page = get("/api/v1/events?limit=7" + next);
            page.json()
                    .path("items")
                    .forEach(item ->
                            revisions.add(item.path("organizationRevision").asLong()));
            var cursor = page.json().path("next");
            next = cursor.isNull() ? "" : "&cursor=" + cursor.asString();
        } while (!next.isEmpty());

        var expected = new ArrayList<Long>();
        for (long revision = events.size(); revision > 0; revision--) {
            expected.add(revision);
        }
        assertThat(revisions).isEqualTo(expected);
    }

    @Test
    @Order(1)
    void tellsAnEventWhole() {
        var listed = get("/api/v1/events?type=HostsLinked&limit=1")
                .json()
                .path("items")
                .path(0);
        var event = get("/api/v1/events/" + listed.path("eventId").asString()).json();

        assertThat(event).isEqualTo(listed);
        assertThat(event.path("type").asString()).isEqualTo("HostsLinked");
        assertThat(event.path("systemId").asString()).isEqualTo(Samples.SYSTEM.toString());
        assertThat(event.path("payload").path("movedFrom").asString()).isEqualTo(Samples.OTHER_SYSTEM.toString());
        assertThat(event.path("hosts").path(0).asString()).isEqualTo("web-1.example.com");
        assertThat(event.path("actor").path("userId").asString()).isEqualTo(Samples.OWNER.toString());
        assertThat(event.path("occurredAt").asString())
                .startsWith("2026-03-01T10:00:00.")
                .endsWith("Z");
        assertThat(event.path("verified").asBoolean()).isTrue();
        assertThat(event.path("chain").asString()).hasSize(64);
    }

    @ParameterizedTest
    @Order(1)
    @CsvSource({
        "type=KeyRevoked, 2",
        "type=KeyBlessed, 0",
        "system=0197f0c2-0005-7000-8000-000000000005, 1",
        "key=0197f0c2-0007-7000-8000-000000000007&type=KeyDeleted, 1",
        "actor=0197f0c2-0002-7000-8000-000000000002&type=UserEnabled, 1",
        "actor=0197f0c2-0007-7000-8000-000000000007&type=UserEnabled, 1",
        "actor=0197f0c2-0003-7000-8000-000000000003, 0",
        "from=2026-03-01T10:00:00.124456Z&to=2026-03-01T10:00:00.126456Z, 2",
        "to=2026-03-01T10:00:00Z, 0",
        "from=2027-01-01T00:00:00%2B01:00, 0"
    })
    void filters(String query, int found) {
        assertThat(get("/api/v1/events?" + query).json().path("items").size()).isEqualTo(found);
    }

    @Test
    @Order(1)
    void showsEachOrganizationItsOwnAlone() {
        var theirs = client.get("/api/v1/events", OTHERS).json().path("items");
        assertThat(theirs.size()).isEqualTo(1);
        var id = theirs.path(0).path("eventId").asString();

        assertThat(client.get("/api/v1/events/" + id, OTHERS).status()).isEqualTo(200);
        assertProblem(client.get("/api/v1/events/" + id, TOKEN), 404, "event_not_found");
        assertThat(client.get("/api/v1/revoked-keys", OTHERS)
                        .json()
                        .path("items")
                        .size())
                .isZero();
    }

    @Test
    @Order(1)
    void listsRevokedDeletedAndSupersededSecrets() {
        var all = get("/api/v1/revoked-keys").json().path("items");
        assertThat(all.size()).isEqualTo(5);
        var causes = new ArrayList<String>();
        all.forEach(item -> causes.add(item.path("cause").asString()));
        assertThat(causes).containsExactly("DELETED", "REVOKED", "REVOKED", "SUPERSEDED", "SUPERSEDED");

        var leaked = all.path(2);
        assertThat(leaked.path("reason").asString()).isEqualTo("COMPROMISED");
        assertThat(leaked.path("comment").asString()).isEqualTo("seen in a public repository");
        assertThat(leaked.path("hash").asString()).isEqualTo(Samples.HASH.toString());
        assertThat(leaked.path("hint").asString()).isEqualTo(Samples.GLOBAL_KEY.hint());
        assertThat(leaked.path("actor").path("userId").asString()).isEqualTo(Samples.OWNER.toString());

        var first = get("/api/v1/revoked-keys?limit=3").json();
        var second = get("/api/v1/revoked-keys?limit=3&cursor="
                        + first.path("next").asString())
                .json();
        assertThat(second.path("items").size()).isEqualTo(2);
        assertThat(second.path("next").isNull()).isTrue();
    }

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
    void namesWhatIsWrong(String path, int status, String code, String named) {
        var answer = get(path);

        assertProblem(answer, status, code);
        assertThat(answer.json().path("detail").asString()).contains(named);
    }

    @Test
    @Order(1)
    void letsNobodyInWithoutAKeyThatMay() {
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
    void readsAKeyWhereverASenderCanPutIt() {
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

    @Test
    @Order(2)
    void neverRefusesAKeyThatWasJustMade() throws Exception {
        for (int i = 0; i < 50; i++) {
            var fresh = token(1000 + i);
            key(fresh, Samples.ORGANIZATION, Samples.OWNER, KeyStatus.ACTIVE, Permission.AUDIT_READ);
            var answer = client.get("/api/v1/events?limit=1", fresh);
            assertThat(answer.status()).as("%s: %s", i, answer).isEqualTo(200);
        }
    }

    @Test
    @Order(2)
    void documentsItselfAndMeasures() {
        var api = client.get("/v3/api-docs", null);
        assertThat(api.status()).isEqualTo(200);
        assertThat(api.json().path("paths").propertyNames())
                .containsExactlyInAnyOrder(
                        "/api/v1/alarms", "/api/v1/events", "/api/v1/events/{eventId}", "/api/v1/revoked-keys");
        assertThat(client.get("/swagger-ui/index.html", null).status()).isEqualTo(200);

        var metrics = client.get("/actuator/prometheus", null).body();
        assertThat(metrics)
                .contains("keyledger_audit_events_total " + (events.size() + 1) + ".0")
                .contains("keyledger_audit_lag 0.0")
                .contains("keyledger_audit_revision{partition=\"0\"} " + events.size() + ".0")
                .contains("keyledger_audit_alarms{kind=\"GAP\"} 0.0");
        assertThat(health().json().at("/components/record/details/lag").asLong())
                .isZero();
    }

    @Test
    @Order(3)
    void saysSoWhenPostgresIsAwayAndRecordsWhatCameMeanwhile() {
        postgres.close();
        var answer = client.get("/api/v1/events", TOKEN);
        assertProblem(answer, 503, "database_unavailable");
        assertThat(answer.retryAfter()).isPresent();
        assertThat(client.get("/api/v1/events", REVOKED).status()).isEqualTo(401);
        assertThat(health().status()).isEqualTo(200);
        kafka.events(List.of(ledger.write(0, Samples.ORGANIZATION, new KeyEvent.UserEnabled(Samples.OWNER))));
        Eventually.await(
                "its health says what is wrong",
                () -> health().json().at("/components/record/details").has("problem"));

        postgres = LocalPostgres.start(postgres.settings());
        awaitEvents(TOKEN, events.size() + 1);
        Eventually.await(
                "its health says no more",
                () -> !health().json().at("/components/record/details").has("problem"));
    }

    @Test
    @Order(4)
    void refusesNobodyWhomItCannotProveUnknownWhileKafkaIsAway() {
        var settings = broker.settings();
        broker.close();

        assertThat(client.get("/api/v1/events", TOKEN).status()).isEqualTo(200);
        var answer = client.get("/api/v1/events", token(99));
        assertProblem(answer, 503, "tables_not_proven");
        assertThat(answer.retryAfter()).isPresent();
        assertThat(client.get("/api/v1/events", REVOKED).status()).isEqualTo(401);
        assertThat(health().status()).isEqualTo(200);

        broker = LocalBroker.start(settings);
        Eventually.await(
                "an unknown key is unknown again",
                () -> client.get("/api/v1/events", token(99)).status() == 401);
        kafka.events(List.of(ledger.write(0, Samples.ORGANIZATION, new KeyEvent.UserEnabled(Samples.OWNER))));
        awaitEvents(TOKEN, events.size() + 2);
    }

    @Test
    @Order(5)
    void listsWhatNobodyCanReadAndTheAlarmsAboutIt() throws Exception {
        var unreadable = ledger.writeUnreadable(0, Samples.ORGANIZATION);
        kafka.events(List.of(unreadable));
        Eventually.await(
                "it is listed",
                () -> get("/api/v1/events?limit=1")
                        .json()
                        .at("/items/0/type")
                        .asString()
                        .equals("Unreadable"));

        var event = get("/api/v1/events?type=Unreadable&from=2026-03-01T00:00:00Z")
                .json()
                .path("items")
                .path(0);
        var hash = MessageDigest.getInstance("SHA-256").digest(unreadable.body().toArray());
        assertThat(event.path("bodyHash").asString()).isEqualTo(HexFormat.of().formatHex(hash));
        assertThat(event.path("revision").asLong()).isEqualTo(unreadable.revision());
        assertThat(event.path("verified").asBoolean()).isTrue();
        assertThat(event.path("eventId").isNull()).isTrue();

        int partition = Topics.partition(Samples.ORGANIZATION, PARTITIONS);
        kafka.commit(List.of(new ProducerRecord<>(Topics.KEY_EVENTS, partition, null, new byte[] {1})));
        Eventually.await(
                "both alarms are listed",
                () -> get("/api/v1/alarms").json().path("items").size() == 2);
        var newest = get("/api/v1/alarms?limit=1").json();
        assertThat(newest.at("/items/0/kind").asString()).isEqualTo("UNPLACEABLE_RECORD");
        assertThat(newest.at("/items/0/scope").asString()).isEqualTo("PARTITION");
        var older =
                get("/api/v1/alarms?cursor=" + newest.path("next").asString()).json();
        assertThat(older.path("items").size()).isEqualTo(1);
        assertThat(older.at("/items/0/kind").asString()).isEqualTo("UNREADABLE_EVENT");
        assertThat(older.at("/items/0/scope").asString()).isEqualTo("ORGANIZATION");
        assertThat(older.at("/items/0/revision").asLong()).isEqualTo(unreadable.revision());

        assertThat(client.get("/api/v1/alarms", OTHERS).body()).doesNotContain("UNREADABLE_EVENT");
        assertProblem(client.get("/api/v1/alarms", VIEWERS), 403, "permission_missing");
    }
}
