package io.keyledger.key.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The table of calls, call by call, on whatever ledger. */
public abstract class ApiContract {

    private Tenant tenant;
    private ApiClient owner;

    /** Calls the service under test with a token. */
    protected abstract ApiClient as(String token);

    @BeforeEach
    void newTenant() {
        tenant = Tenant.make(this::as);
        owner = tenant.owner();
    }

    @Test
    void theOperatorMakesOrganizations() {
        var made = as(Tenant.OPERATOR_TOKEN).post("/api/v1/organizations", "{\"name\":\" Acme \"}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("name")).isEqualTo("Acme");
        assertThat(made.text("ownerToken")).matches("tc-apiv1_[0-9a-f]{64}");
        assertThat(made.header("Location")).isEqualTo("/api/v1/organizations/" + made.text("id"));
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(as(made.text("ownerToken")).get("/api/v1/systems").status()).isEqualTo(200);
    }

    @Test
    void theOperatorMayBringTheOwnersToken() {
        var token = "tc-apiv1_"
                + "0123456789abcdef".repeat(4).replace("0", tenant.token().substring(9, 10));
        var made = as(Tenant.OPERATOR_TOKEN)
                .post("/api/v1/organizations", "{\"name\":\"Acme\",\"ownerToken\":\"" + token + "\"}");

        assertThat(made.text("ownerToken")).isEqualTo(token);
        assertThat(as(token).get("/api/v1/collector-keys").status()).isEqualTo(200);
    }

    @Test
    void settingsAreShownAndChanged() {
        var shown = owner.get("/api/v1/organization/settings");
        assertThat(shown.json().toString())
                .isEqualTo("{\"agentsActive\":true,\"unlinkedHosts\":\"ACCEPT\",\"mixedBatches\":\"SPLIT\"}");

        var changed = owner.header("If-Match", shown.header("ETag"))
                .patch("/api/v1/organization/settings", "{\"unlinkedHosts\":\"REJECT\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.text("unlinkedHosts")).isEqualTo("REJECT");
        assertThat(changed.header("Keyledger-Revision")).startsWith(tenant.partition() + ":");
        assertThat(owner.get("/api/v1/organization/settings").header("ETag"))
                .isEqualTo(changed.header("ETag"))
                .isNotEqualTo(shown.header("ETag"));

        var late = owner.header("If-Match", shown.header("ETag"))
                .patch("/api/v1/organization/settings", "{\"agentsActive\":false}");
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.text("code")).isEqualTo("version_mismatch");
    }

    @Test
    void systemsComeAndGo() {
        var made = owner.post("/api/v1/systems", "{\"name\":\"web shop\"}");
        assertThat(made.status()).isEqualTo(201);
        var path = made.header("Location");
        assertThat(path).isEqualTo("/api/v1/systems/" + made.text("id"));
        assertThat(made.at("/overrideRequiredFrom")).isEmpty();
        assertThat(Instant.parse(made.text("createdAt"))).isBeforeOrEqualTo(Instant.now());

        assertThat(owner.post("/api/v1/systems", "{\"name\":\"WEB shop\"}").text("code"))
                .isEqualTo("system_name_taken");
        assertThat(owner.get(path).text("name")).isEqualTo("web shop");

        var renamed = owner.header("If-Match", "W/" + made.header("ETag")).patch(path, "{\"name\":\"shop\"}");
        assertThat(renamed.status()).isEqualTo(200);
        assertThat(renamed.text("name")).isEqualTo("shop");
        assertThat(owner.get(path).header("ETag")).isEqualTo(renamed.header("ETag"));

        owner.post(path + "/hosts", "{\"hosts\":[\"Web-1\"]}");
        var refused = owner.delete(path);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("code")).isEqualTo("system_has_hosts");
        assertThat(owner.delete(path + "/hosts/WEB-1").status()).isEqualTo(204);
        assertThat(owner.delete(path).status()).isEqualTo(204);
        assertThat(owner.get(path).text("code")).isEqualTo("system_not_found");
    }

    @Test
    void listsHavePages() {
        for (var name : List.of("b", "A", "c", "D")) {
            owner.post("/api/v1/systems", "{\"name\":\"" + name + "\"}");
        }
        var first = owner.get("/api/v1/systems?limit=3");
        assertThat(first.json().at("/items").findValuesAsString("name")).containsExactly("A", "b", "c");
        var second = owner.get("/api/v1/systems?limit=3&cursor=" + first.text("next"));
        assertThat(second.json().at("/items").findValuesAsString("name")).containsExactly("D");
        assertThat(second.json().at("/next").isNull()).isTrue();
    }

    @Test
    void hostsAreLinkedMovedAndReplaced() {
        var shop = system("shop");
        var mail = system("mail");
        var linked = owner.post(shop + "/hosts", "{\"hosts\":[\"Web-1\",\"web-1\",\"WEB-2\"]}");
        assertThat(linked.status()).isEqualTo(200);
        assertThat(linked.json().at("/linked").toString()).isEqualTo("[\"web-1\",\"web-2\"]");
        assertThat(linked.json().at("/system/hostCount").asInt()).isEqualTo(2);

        var elsewhere = owner.post(mail + "/hosts", "{\"hosts\":[\"web-2\",\"mx\"]}");
        assertThat(elsewhere.status()).isEqualTo(409);
        assertThat(elsewhere.text("code")).isEqualTo("host_linked_elsewhere");
        assertThat(elsewhere.text("detail")).contains(shop.substring(shop.lastIndexOf('/') + 1));
        assertThat(owner.post(mail + "/hosts?move=true", "{\"hosts\":[\"web-2\",\"mx\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(hosts(shop)).containsExactly("web-1");
        assertThat(hosts(mail)).containsExactly("mx", "web-2");

        var replaced = owner.put(mail + "/hosts", "{\"hosts\":[\"mx\",\"imap\"]}");
        assertThat(replaced.json().at("/unlinked").toString()).isEqualTo("[\"web-2\"]");
        assertThat(hosts(mail)).containsExactly("imap", "mx");
        assertThat(owner.get(mail + "/hosts").header("ETag")).isEqualTo(replaced.header("ETag"));
        assertThat(owner.get(shop).json().at("/hostCount").asInt()).isEqualTo(1);

        var many = new StringBuilder("\"h0\"");
        for (int i = 1; i <= 500; i++) {
            many.append(",\"h").append(i).append('"');
        }
        var tooMany = owner.post(mail + "/hosts", "{\"hosts\":[" + many + "]}");
        assertThat(tooMany.status()).isEqualTo(422);
        assertThat(tooMany.text("code")).isEqualTo("too_many_changes");
        assertThat(owner.delete(mail + "/hosts/web-1").text("code")).isEqualTo("host_not_linked");
    }

    @Test
    void aHostMayHaveASlash() {
        var shop = system("routers");
        owner.post(shop + "/hosts", "{\"hosts\":[\"core/1 a;b\"]}");
        assertThat(owner.get("/api/v1/hosts/CORE%2F1%20a%3Bb").at("/system/name"))
                .isEqualTo("routers");
        assertThat(owner.delete(shop + "/hosts/core%2F1%20a%3Bb").status()).isEqualTo(204);
    }

    @Test
    void theGlobalKeyIsRegeneratedRevealedAndRevoked() {
        var listed = owner.get("/api/v1/collector-keys");
        assertThat(listed.json().at("/items").size()).isEqualTo(1);
        assertThat(listed.at("/items/0/kind")).isEqualTo("GLOBAL");
        assertThat(listed.at("/items/0/state")).isEqualTo("ACTIVE");
        assertThat(listed.at("/items/0/createdBy/kind")).isEqualTo("OPERATOR");
        assertThat(listed.json().at("/items/0").has("secret")).isFalse();

        var made = owner.post("/api/v1/collector-keys/global/regenerate");
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(made.text("secret")).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(made.json().at("/version").asInt()).isEqualTo(2);
        assertThat(made.text("hint")).isEqualTo("…" + made.text("secret").substring(32));

        var revealed = owner.post("/api/v1/collector-keys/global/reveal");
        assertThat(revealed.text("secret")).isEqualTo(made.text("secret"));

        var revoked = owner.post(
                "/api/v1/collector-keys/global/revoke", "{\"reason\":\"COMPROMISED\",\"comment\":\"in a paste\"}");
        assertThat(revoked.text("state")).isEqualTo("REVOKED");
        assertThat(revoked.at("/revoked/reason")).isEqualTo("COMPROMISED");
        var again = owner.post("/api/v1/collector-keys/global/revoke");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("code")).isEqualTo("already_revoked");
        assertThat(owner.post("/api/v1/collector-keys/global/regenerate").text("state"))
                .isEqualTo("ACTIVE");
    }

    @Test
    void overridesAreMadeAndRemoved() {
        var shop = system("shop");
        owner.post(shop + "/hosts", "{\"hosts\":[\"web-1\"]}");
        assertThat(owner.get("/api/v1/hosts/Web-1").text("expects")).isEqualTo("GLOBAL");

        var made = owner.post(shop + "/override", "{\"grace\":\"PT1H\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("kind")).isEqualTo("SYSTEM");
        assertThat(made.at("/system/name")).isEqualTo("shop");
        assertThat(made.text("secret")).isNotEmpty();
        assertThat(owner.post(shop + "/override").text("code")).isEqualTo("override_already_active");

        var host = owner.get("/api/v1/hosts/WEB-1");
        assertThat(host.text("expects")).isEqualTo("SYSTEM");
        assertThat(Instant.parse(host.text("globalUntil")))
                .isAfter(Instant.now().plusSeconds(3500));
        assertThat(host.at("/key/id")).isEqualTo(made.text("id"));
        assertThat(host.at("/key/secret")).isEmpty();

        assertThat(owner.post(shop + "/override/reveal").text("secret")).isEqualTo(made.text("secret"));
        var regenerated = owner.post(shop + "/override/regenerate");
        assertThat(regenerated.text("secret")).isNotEmpty().isNotEqualTo(made.text("secret"));
        assertThat(owner.post(shop + "/override/revoke", "{\"reason\":\"POLICY\"}")
                        .text("state"))
                .isEqualTo("REVOKED");
        assertThat(owner.get("/api/v1/hosts/web-1").text("expects")).isEqualTo("SYSTEM");
        assertThat(owner.delete(shop + "/override").status()).isEqualTo(204);
        assertThat(owner.get("/api/v1/hosts/web-1").text("expects")).isEqualTo("GLOBAL");
        assertThat(owner.get("/api/v1/hosts/nobody").json().at("/system").isNull())
                .isTrue();
    }

    @Test
    void anotherOrganizationsThingsAreNotThere() {
        var foreign = Tenant.make(this::as).owner().post("/api/v1/systems", "{\"name\":\"theirs\"}");
        assertThat(owner.get(foreign.header("Location")).status()).isEqualTo(404);
        assertThat(owner.patch(foreign.header("Location"), "{\"name\":\"mine\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aRepeatedRequestGetsTheFirstAnswer() {
        var once = owner.header("Idempotency-Key", "order-17");
        var first = once.post("/api/v1/systems", "{\"name\":\"shop\"}");
        var second = once.post("/api/v1/systems", "{\"name\":\"shop\"}");
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text("id")).isEqualTo(first.text("id"));
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");

        var other = once.post("/api/v1/systems", "{\"name\":\"other\"}");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.text("code")).isEqualTo("idempotency_key_reused");
        assertThat(owner.header("Idempotency-Key", "with space")
                        .post("/api/v1/systems", "{\"name\":\"x\"}")
                        .text("code"))
                .isEqualTo("invalid_idempotency_key");
    }

    @Test
    void aRepeatedRequestGetsNoSecret() {
        var once = owner.header("Idempotency-Key", "regenerate-1");
        var first = once.post("/api/v1/collector-keys/global/regenerate");
        var second = once.post("/api/v1/collector-keys/global/regenerate");
        assertThat(first.text("secret")).isNotEmpty();
        assertThat(second.json().has("secret")).isFalse();
        assertThat(second.text("version")).isEqualTo(first.text("version"));

        var reveal = owner.header("Idempotency-Key", "reveal-1");
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

    private String system(String name) {
        return owner.post("/api/v1/systems", "{\"name\":\"" + name + "\"}").header("Location");
    }

    private List<String> hosts(String system) {
        return owner.get(system + "/hosts").json().at("/items").findValuesAsString("host");
    }
}
