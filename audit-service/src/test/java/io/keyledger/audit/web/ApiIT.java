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
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The API on one broker and one PostgreSQL. The outages come last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApiIT extends ServiceFixture implements SearchCalls, RefusedCalls {

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
