package io.keyledger.audit.web;

import static io.keyledger.audit.web.ServiceFixture.OTHERS;
import static io.keyledger.audit.web.ServiceFixture.TOKEN;
import static io.keyledger.audit.web.ServiceFixture.assertProblem;
import static io.keyledger.audit.web.ServiceFixture.client;
import static io.keyledger.audit.web.ServiceFixture.events;
import static io.keyledger.audit.web.ServiceFixture.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.Samples;
import java.util.ArrayList;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be found, and by whom. */
interface SearchCalls {

    @Test
    @Order(1)
    default void pagesNewestFirstWithoutLosingOrRepeatingOne() {
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
    default void tellsAnEventWhole() {
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
    default void filters(String query, int found) {
        assertThat(get("/api/v1/events?" + query).json().path("items").size()).isEqualTo(found);
    }

    @Test
    @Order(1)
    default void showsEachOrganizationItsOwnAlone() {
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
    default void listsRevokedDeletedAndSupersededSecrets() {
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
}
