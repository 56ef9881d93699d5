package io.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.e2e.Api.Answer;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** That a receipt is true: of Collectors that answer, that nobody hears, that stand still, that come back and that leave. */
class EnforcementIT {

    private static final Duration MAX_STALENESS = Duration.ofSeconds(6);
    private static final Duration BETWEEN_PUSHES = Duration.ofMillis(20);
    private static final int ROUNDS = 100;
    private static final String LINE = "cpu,host=web usage=1\n";
    private static final String SECOND = "collector-2";

    @Test
    void aReceiptIsTrueWhateverBecomesOfTheCollectors() {
        try (var suite = Suite.startWithLinks("enforcement", MAX_STALENESS)) {
            var tenant = suite.newTenant("enforcement");
            var system = tenant.newSystem("shop", "web");
            var secret = tenant.newOverride(system);
            assertThat(tenant.pushEverywhere(secret, LINE)).containsExactly(204, 204);

            secret = nothingSentAfterAReceiptIsAccepted(tenant, system, secret);
            secret = oneThatIsHeardAgainServesByNoProofFromBefore(suite, tenant, system, secret);
            aPausedCollectorIsNamedUntilItHasFencedItself(suite, tenant, system, secret);
            aStoppedCollectorCountsNoMoreAtOnce(suite, tenant, system);
        }
    }

    private static String nothingSentAfterAReceiptIsAccepted(Tenant tenant, String system, String first) {
        var secret = first;
        for (int round = 0; round < ROUNDS; round++) {
            var change = regenerate(tenant, system, "wait=enforced");
            assertThat(enforcement(change, "enforcedOn"))
                    .as(change.body().toString())
                    .isEqualTo(2);
            assertThat(enforcement(change, "of")).isEqualTo(2);
            for (int collector = 0; collector < 2; collector++) {
                assertThat(tenant.push(collector, secret, LINE).statusCode()).isEqualTo(401);
            }
            secret = change.text("secret");
        }
        return secret;
    }

    /** The change was made and confirmed without it, and of its tables it hears nothing since. */
    private static String oneThatIsHeardAgainServesByNoProofFromBefore(
            Suite suite, Tenant tenant, String system, String secret) {
        var link = suite.links.get(1);
        try {
            link.cut(Faults.REPORTS);
            Await.until(
                    "the one that nobody hears to count no more",
                    Duration.ofSeconds(30),
                    () -> state(tenant).equals("GONE"));
            link.cut(Faults.REPORTS.or(Faults.TABLES));
            long lastProof = System.nanoTime();
            var change = regenerate(tenant, system, "wait=enforced");
            assertThat(List.of(enforcement(change, "enforcedOn"), enforcement(change, "of")))
                    .containsExactly(1, 1);

            link.cut(Faults.TABLES);
            while (System.nanoTime() - lastProof < MAX_STALENESS.toNanos()) {
                assertThat(tenant.push(1, secret, LINE).statusCode()).isEqualTo(503);
                Await.pause(BETWEEN_PUSHES);
            }
            assertThat(state(tenant)).isNotEqualTo("GONE");
            link.mend();
            awaitRefusal(tenant, secret);
            return change.text("secret");
        } finally {
            link.mend();
        }
    }

    private static void aPausedCollectorIsNamedUntilItHasFencedItself(
            Suite suite, Tenant tenant, String system, String secret) {
        var paused = suite.collectors.get(1);
        paused.pause();
        String path;
        try {
            var change = regenerate(tenant, system, "wait=enforced&timeout=PT1S");
            assertThat(enforcement(change, "enforcedOn")).isOne();
            assertThat(change.body().at("/enforcement/laggards").findValuesAsString("id"))
                    .containsExactly(SECOND);
            assertThat(tenant.push(0, secret, LINE).statusCode()).isEqualTo(401);

            path = "/api/v1/changes/" + event(tenant, change) + "/enforcement";
            Await.until(
                    "the paused one to be silent",
                    Duration.ofSeconds(15),
                    () -> state(tenant).equals("SILENT"));
            var silent = tenant.api().get(path).expect(200).body();
            assertThat(silent.path("of").asInt()).isEqualTo(2);
            assertThat(silent.at("/laggards/0/fencesItselfAt").asString()).isNotEmpty();
            Await.until(
                    "the paused one to have fenced itself",
                    Duration.ofSeconds(20),
                    () -> tenant.api().get(path).body().path("of").asInt() == 1);
            assertThat(tenant.api().get(path).body().path("enforcedOn").asInt()).isOne();
            assertThat(state(tenant)).isEqualTo("GONE");
        } finally {
            paused.resume();
        }

        awaitRefusal(tenant, secret);
        Await.until(
                "the one that comes back to confirm",
                Duration.ofSeconds(30),
                () -> tenant.api().get(path).body().path("enforcedOn").asInt() == 2);
        assertThat(state(tenant)).isEqualTo("LIVE");
    }

    private static void aStoppedCollectorCountsNoMoreAtOnce(Suite suite, Tenant tenant, String system) {
        suite.collectors.get(1).stop();
        var change = regenerate(tenant, system, "wait=enforced");
        assertThat(List.of(enforcement(change, "enforcedOn"), enforcement(change, "of")))
                .containsExactly(1, 1);
        assertThat(state(tenant)).isEqualTo("GONE");
    }

    private static void awaitRefusal(Tenant tenant, String secret) {
        var answers = new TreeSet<Integer>();
        Await.until("the one that comes back to refuse", Duration.ofSeconds(30), () -> {
            int status = tenant.push(1, secret, LINE).statusCode();
            answers.add(status);
            return status == 401;
        });
        assertThat(answers).isSubsetOf(401, 503);
    }

    private static Answer regenerate(Tenant tenant, String system, String query) {
        return tenant.api()
                .post("/api/v1/systems/" + system + "/override/regenerate?" + query)
                .expect(200);
    }

    private static int enforcement(Answer change, String member) {
        return change.body().path("enforcement").path(member).asInt(-1);
    }

    private static String event(Tenant tenant, Answer change) {
        var command = change.headers().firstValue("Keyledger-Command").orElseThrow();
        return tenant.api()
                .get("/api/v1/commands/" + command)
                .expect(200)
                .body()
                .at("/events/0/id")
                .asString();
    }

    private static String state(Tenant tenant) {
        for (var collector :
                tenant.api().get("/api/v1/collectors").expect(200).body().path("items")) {
            if (collector.path("id").asString().equals(SECOND)) {
                return collector.path("state").asString();
            }
        }
        return "UNKNOWN";
    }
}
