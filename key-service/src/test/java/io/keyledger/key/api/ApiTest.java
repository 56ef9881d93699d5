package io.keyledger.key.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.KeyEvent;
import io.keyledger.event.SealedValue;
import io.keyledger.key.session.NamedIds;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The API on the ledger's own rules, and what only these tests can look at. */
class ApiTest extends ApiContract {

    private final ApiServer server = ApiServer.get();
    private final ApiClient owner = server.newTenant().owner();

    @Override
    public ApiClient as(String token) {
        return ApiServer.get().as(token);
    }

    @Test
    void settingsAreShownWithoutPostgres() {
        server.directory.away = true;
        try {
            var shown = owner.get("/api/v1/organization/settings");
            assertThat(shown.status()).isEqualTo(200);
            assertThat(shown.header("ETag")).isEmpty();

            var changed = owner.patch("/api/v1/organization/settings", "{\"mixedBatches\":\"REJECT\"}")
                    .header("Keyledger-Revision");
            assertThat(owner.header("Keyledger-Min-Revision", changed)
                            .get("/api/v1/organization/settings")
                            .text("mixedBatches"))
                    .isEqualTo("REJECT");
            var newer = changed.substring(0, changed.indexOf(':')) + ":999999";
            assertThat(owner.header("Keyledger-Min-Revision", newer)
                            .get("/api/v1/organization/settings")
                            .status())
                    .isEqualTo(503);

            var list = owner.get("/api/v1/systems");
            assertThat(list.status()).isEqualTo(503);
            assertThat(list.text("code")).isEqualTo("directory_unavailable");
            assertThat(list.header("Retry-After")).isNotEmpty();
            assertThat(owner.post("/api/v1/systems", "{\"name\":\"made all the same\"}")
                            .status())
                    .isEqualTo(201);
        } finally {
            server.directory.away = false;
        }
    }

    @Test
    void theAddressOfAChangeIsSealed() {
        owner.post("/api/v1/systems", "{\"name\":\"shop\"}");
        var event = server.ledger.events.getLast();
        assertThat(event.event()).isInstanceOf(KeyEvent.SystemRegistered.class);
        assertThat(event.actor().address())
                .extracting(SealedValue::subject)
                .isEqualTo(Objects.requireNonNull(event.actor().user()).value());
    }

    @Test
    void theOwnerTokenFromTheEnvironmentIsProvisionedAndCanBeWithdrawn() throws InterruptedException {
        var provisioned = server.as(ApiServer.PROVISIONED_TOKEN);
        var found = provisioned.get("/api/v1/collector-keys");
        for (int i = 0; found.status() != 200 && i < 100; i++) {
            Thread.sleep(50);
            found = provisioned.get("/api/v1/collector-keys");
        }
        assertThat(found.at("/items/0/createdBy/kind")).isEqualTo("LEDGER");

        var organization = NamedIds.DEFAULT_ORGANIZATION;
        assertThat(server.asOperator()
                        .delete("/api/v1/organizations/" + organization + "/owner-token")
                        .status())
                .isEqualTo(204);
        var after = provisioned.get("/api/v1/collector-keys");
        assertThat(after.status()).isEqualTo(401);
        assertThat(after.text("code")).isEqualTo("revoked_key");
    }

    @Test
    void anIdempotencyKeyNamesItsOrganizationForEver() {
        var operator = server.asOperator().header("Idempotency-Key", "one-organization");
        operator.post("/api/v1/organizations", "{\"name\":\"First\"}");
        server.ledger.forgetFirstAnswers();
        var late = operator.post("/api/v1/organizations", "{\"name\":\"First\"}");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.text("code")).isEqualTo("organization_already_exists");
        assertThat(late.text("detail")).contains("Idempotency-Key").contains("24 hours");
    }

    @Test
    void anOwnerTokenIsOneOrganizationsInAnyPartition() {
        var token = "tc-apiv1_" + "cd".repeat(32);
        var body = "{\"name\":\"Bringer\",\"ownerToken\":\"" + token + "\"}";
        var operator = server.asOperator().header("Idempotency-Key", "brings-its-token");
        var made = operator.post("/api/v1/organizations", body);
        assertThat(made.status()).isEqualTo(201);
        assertThat(operator.post("/api/v1/organizations", body).text("id")).isEqualTo(made.text("id"));

        for (int i = 0; i < 8; i++) {
            var taken = server.asOperator().post("/api/v1/organizations", body);
            assertThat(taken.status()).isEqualTo(409);
            assertThat(taken.text("code")).isEqualTo("secret_already_used");
            assertThat(taken.toString()).doesNotContain(made.text("id")).doesNotContain(token);
        }
        assertThat(server.as(token).get("/api/v1/systems").status()).isEqualTo(200);
    }

    @Test
    void anOwnerTokenOfWhichNobodyCanTellIsNotTaken() {
        server.freshness.proves = false;
        try {
            var token = "tc-apiv1_" + "de".repeat(32);
            var made = server.asOperator()
                    .post("/api/v1/organizations", "{\"name\":\"Acme\",\"ownerToken\":\"" + token + "\"}");
            assertThat(made.status()).isEqualTo(503);
            assertThat(made.header("Retry-After")).isNotEmpty();
            assertThat(made.toString()).doesNotContain(token);
        } finally {
            server.freshness.proves = true;
        }
    }

    @Test
    void theOperatorSeesAndRebuildsTheDirectory() {
        assertThat(server.asOperator().get("/api/v1/directory").at("/current/positions/0"))
                .isEqualTo("0:7");
        assertThat(server.asOperator().post("/api/v1/directory/rebuild").status())
                .isEqualTo(202);
        assertThat(owner.post("/api/v1/directory/rebuild").status()).isEqualTo(401);
    }
}
