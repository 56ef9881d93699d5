package io.keyledger.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.key.api.ApiClient;
import io.keyledger.key.api.ApiContract;
import io.keyledger.key.api.Tenant;
import org.junit.jupiter.api.Test;

/** The whole service over HTTP: the table of calls, and what becomes of it without PostgreSQL or Kafka. */
class KeyServiceIT extends ApiContract {

    private final KeyServiceSuite suite = KeyServiceSuite.get();

    @Override
    public ApiClient as(String token) {
        return KeyServiceSuite.get().as(token);
    }

    @Test
    void theFirstStartMakesTheDefaultOrganizationAndItsOwnersToken() {
        var owner = as(KeyServiceSuite.OWNER_TOKEN);
        KeyServiceSuite.await(
                "the provisioned token",
                () -> owner.get("/api/v1/collector-keys").status() == 200);
        assertThat(owner.get("/api/v1/collector-keys").at("/items/0/kind")).isEqualTo("GLOBAL");
        assertThat(owner.post("/api/v1/collector-keys/global/reveal").text("secret"))
                .isNotEmpty();
    }

    @Test
    void aRestartKeepsEverything() {
        var tenant = Tenant.make(this::as);
        var made = tenant.owner().post("/api/v1/systems", "{\"name\":\"kept\"}");
        var key = tenant.owner().post(made.header("Location") + "/override");
        suite.restartService();
        var owner = as(tenant.token());
        var outcome = owner.get("/api/v1/commands/" + key.header("Keyledger-Command"));
        assertThat(outcome.text("status")).isEqualTo("APPLIED");
        assertThat(outcome.json().at("/events").findValuesAsString("type")).contains("KeyCreated");
        KeyServiceSuite.await(
                "the directory", () -> owner.get(made.header("Location")).status() == 200);
        assertThat(owner.post(made.header("Location") + "/override/reveal").text("secret"))
                .isEqualTo(key.text("secret"));
        assertThat(owner.header("Keyledger-Min-Revision", key.header("Keyledger-Revision"))
                        .get("/api/v1/systems")
                        .json()
                        .at("/items")
                        .findValuesAsString("name"))
                .containsExactly("kept");
    }

    @Test
    void withoutPostgresChangesGoOnAndReadsSaySo() {
        var owner = Tenant.make(this::as).owner();
        var before = owner.post("/api/v1/systems", "{\"name\":\"before\"}");
        assertThat(owner.get("/api/v1/systems").status()).isEqualTo(200);
        suite.stopPostgres();
        try {
            var key = owner.post(before.header("Location") + "/override");
            assertThat(key.status()).isEqualTo(201);
            assertThat(owner.post(before.header("Location") + "/override/revoke")
                            .status())
                    .isEqualTo(200);
            assertThat(owner.post("/api/v1/systems", "{\"name\":\"during\"}").status())
                    .isEqualTo(201);
            var list = owner.get("/api/v1/systems");
            assertThat(list.status()).isEqualTo(503);
            assertThat(list.text("code")).isEqualTo("directory_unavailable");
            assertThat(list.header("Retry-After")).isNotEmpty();
            assertThat(owner.get("/api/v1/organization/settings").status()).isEqualTo(200);
            assertThat(suite.isReady()).isTrue();
            KeyServiceSuite.await(
                    "the health to show it",
                    () -> suite.anonymous()
                            .get("/actuator/health")
                            .at("/components/directory/status")
                            .equals("DEGRADED"));
        } finally {
            suite.startPostgres();
        }
        suite.awaitDirectory();
        assertThat(owner.get("/api/v1/systems").json().at("/items").findValuesAsString("name"))
                .containsExactly("before", "during");
        assertThat(owner.get("/api/v1/collector-keys").json().at("/items").findValuesAsString("state"))
                .containsExactly("ACTIVE", "REVOKED");
    }

    @Test
    void withoutKafkaChangesSaySoAndReadsGoOn() {
        var owner = Tenant.make(this::as).owner();
        owner.post("/api/v1/systems", "{\"name\":\"before\"}");
        suite.stopBroker();
        String unanswered;
        try {
            var change = owner.post("/api/v1/systems", "{\"name\":\"during\"}");
            assertThat(change.status()).as(change.toString()).isIn(503, 504);
            unanswered = change.text("command");
            if (change.status() == 504) {
                assertThat(owner.get(unanswered).text("status")).isIn("PENDING", "UNKNOWN");
            } else {
                assertThat(change.header("Retry-After")).isNotEmpty();
            }
            assertThat(owner.get("/api/v1/systems").json().at("/items").findValuesAsString("name"))
                    .containsExactly("before");
            assertThat(suite.isReady()).isTrue();
        } finally {
            suite.startBroker();
        }
        KeyServiceSuite.await(
                "the ledger",
                () -> owner.post("/api/v1/systems", "{\"name\":\"after\"}").status() != 503);
        KeyServiceSuite.await(
                "the directory",
                () -> owner.get("/api/v1/systems")
                        .json()
                        .at("/items")
                        .findValuesAsString("name")
                        .contains("after"));
    }
}
