package io.keyledger.key.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Organizations and their settings. */
interface OrganizationCalls extends ApiCalls {

    @Test
    default void theOperatorMakesOrganizations() {
        var made = as(Tenant.OPERATOR_TOKEN).post("/api/v1/organizations", "{\"name\":\" Acme \"}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("name")).isEqualTo("Acme");
        assertThat(made.text("ownerToken")).matches("tc-apiv1_[0-9a-f]{64}");
        assertThat(made.header("Location")).isEqualTo("/api/v1/organizations/" + made.text("id"));
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(as(made.text("ownerToken")).get("/api/v1/systems").status()).isEqualTo(200);
    }

    @Test
    default void theOperatorMayBringTheOwnersToken() {
        var token = "tc-apiv1_"
                + "0123456789abcdef".repeat(4).replace("0", tenant().token().substring(9, 10));
        var made = as(Tenant.OPERATOR_TOKEN)
                .post("/api/v1/organizations", "{\"name\":\"Acme\",\"ownerToken\":\"" + token + "\"}");

        assertThat(made.text("ownerToken")).isEqualTo(token);
        assertThat(as(token).get("/api/v1/collector-keys").status()).isEqualTo(200);
    }

    @Test
    default void settingsAreShownAndChanged() {
        var shown = owner().get("/api/v1/organization/settings");
        assertThat(shown.json().toString())
                .isEqualTo("{\"agentsActive\":true,\"unlinkedHosts\":\"ACCEPT\",\"mixedBatches\":\"SPLIT\"}");

        var changed = owner().header("If-Match", shown.header("ETag"))
                .patch("/api/v1/organization/settings", "{\"unlinkedHosts\":\"REJECT\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.text("unlinkedHosts")).isEqualTo("REJECT");
        assertThat(changed.header("Keyledger-Revision")).startsWith(tenant().partition() + ":");
        assertThat(owner().get("/api/v1/organization/settings").header("ETag"))
                .isEqualTo(changed.header("ETag"))
                .isNotEqualTo(shown.header("ETag"));

        var late = owner().header("If-Match", shown.header("ETag"))
                .patch("/api/v1/organization/settings", "{\"agentsActive\":false}");
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.text("code")).isEqualTo("version_mismatch");
    }
}
