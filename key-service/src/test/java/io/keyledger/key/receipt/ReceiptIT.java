package io.keyledger.key.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.key.KeyServiceSuite;
import io.keyledger.key.api.ApiClient;
import io.keyledger.key.api.Tenant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Receipts on a real broker, of Collectors that are real but for the agents. */
class ReceiptIT {

    private final KeyServiceSuite suite = KeyServiceSuite.get();
    private final Tenant tenant = Tenant.make(suite::as);
    private ApiClient owner = tenant.owner();
    private SimulatedCollector first;
    private SimulatedCollector second;

    @BeforeEach
    void twoCollectors() {
        first = new SimulatedCollector("first", suite.bootstrapServers());
        second = new SimulatedCollector("second", suite.bootstrapServers());
        KeyServiceSuite.await("both to be heard of", () -> live() == 2);
    }

    @AfterEach
    void goodbye() {
        first.close();
        second.close();
        KeyServiceSuite.await("both to be gone", () -> live() == 0);
    }

    private long live() {
        return owner.get("/api/v1/collectors").json().at("/items").findValuesAsString("state").stream()
                .filter("LIVE"::equals)
                .count();
    }

    private String enforcement(ApiClient.Answer change) {
        var command = owner.get("/api/v1/commands/" + change.header("Keyledger-Command"));
        return "/api/v1/changes/" + command.at("/events/0/id") + "/enforcement";
    }

    @Test
    void aChangeIsEnforcedOnAllWhenItsAnswerSaysSo() {
        for (int round = 0; round < 20; round++) {
            var change = owner.post("/api/v1/collector-keys/global/regenerate?wait=enforced");
            assertThat(change.status()).isEqualTo(200);
            assertThat(change.json().at("/enforcement/of").asInt())
                    .as(change.at("/enforcement"))
                    .isEqualTo(2);
            assertThat(change.json().at("/enforcement/enforcedOn").asInt()).isEqualTo(2);
        }
    }

    @Test
    void theSilentOneIsNamedUntilItSpeaks() {
        second.fallSilent();
        var change = owner.post("/api/v1/collector-keys/global/regenerate?wait=enforced&timeout=PT0.5S");
        assertThat(change.status()).isEqualTo(200);
        assertThat(change.json().at("/enforcement/enforcedOn").asInt()).isOne();
        assertThat(change.at("/enforcement/laggards/0/id")).isEqualTo("second");

        second.speak();
        var path = enforcement(change);
        KeyServiceSuite.await(
                "both to confirm",
                () -> owner.get(path).json().at("/enforcedOn").asInt() == 2);
        assertThat(owner.get(path).json().at("/lastAfterMs").asLong()).isGreaterThan(400);
    }

    /** Nobody reads the table of hosts again from its beginning: the ledger itself knows what it rests on. */
    @Test
    void aRestartedServiceStillNamesWhoLacksWhatIsThereAlready() {
        var hosts = owner.post("/api/v1/systems?wait=enforced", "{\"name\":\"shop\"}")
                        .header("Location")
                + "/hosts?wait=enforced&timeout=PT0.5S";
        var link = "{\"hosts\":[\"web-1\"]}";
        second.fallSilent();
        var made = owner.header("Idempotency-Key", "link").post(hosts, link);
        assertThat(made.at("/enforcement/laggards/0/id")).isEqualTo("second");
        suite.restartService();

        owner = suite.as(tenant.token());
        KeyServiceSuite.await(
                "the statuses", () -> owner.get("/api/v1/collectors").status() == 200);
        var repeated = owner.header("Idempotency-Key", "link").post(hosts, link);
        assertThat(repeated.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(repeated.at("/enforcement/laggards/0/id")).isEqualTo("second");
        var unchanged = owner.post(hosts, link);
        assertThat(unchanged.at("/enforcement/laggards/0/id")).isEqualTo("second");

        second.speak();
        KeyServiceSuite.await("both to be in order", () -> live() == 2);
        assertThat(owner.post(hosts, link).json().at("/enforcement/enforcedOn").asInt())
                .isEqualTo(2);
    }

    @Test
    void aRestartedServiceKnowsTheCollectorsAndFindsTheChangesOfBefore() {
        var change = owner.post("/api/v1/collector-keys/global/regenerate?wait=enforced");
        var path = enforcement(change);
        suite.restartService();

        owner = suite.as(tenant.token());
        KeyServiceSuite.await(
                "the statuses", () -> owner.get("/api/v1/collectors").status() == 200);
        var found = owner.get(path);
        assertThat(found.status()).as(found.toString()).isEqualTo(200);
        assertThat(found.json().at("/enforcedOn").asInt()).isEqualTo(2);
        assertThat(found.json().at("/lastAfterMs").isNull()).isTrue();
        assertThat(owner.get(path.replaceFirst("[0-9a-f]{4}/enf", "0000/enf")).status())
                .isEqualTo(404);
    }
}
