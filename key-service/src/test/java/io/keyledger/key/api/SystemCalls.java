package io.keyledger.key.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Systems and their hosts. */
interface SystemCalls extends ApiCalls {

    @Test
    default void systemsComeAndGo() {
        var made = owner().post("/api/v1/systems", "{\"name\":\"web shop\"}");
        assertThat(made.status()).isEqualTo(201);
        var path = made.header("Location");
        assertThat(path).isEqualTo("/api/v1/systems/" + made.text("id"));
        assertThat(made.at("/overrideRequiredFrom")).isEmpty();
        assertThat(Instant.parse(made.text("createdAt"))).isBeforeOrEqualTo(Instant.now());

        assertThat(owner().post("/api/v1/systems", "{\"name\":\"WEB shop\"}").text("code"))
                .isEqualTo("system_name_taken");
        assertThat(owner().get(path).text("name")).isEqualTo("web shop");

        var renamed = owner().header("If-Match", "W/" + made.header("ETag")).patch(path, "{\"name\":\"shop\"}");
        assertThat(renamed.status()).isEqualTo(200);
        assertThat(renamed.text("name")).isEqualTo("shop");
        assertThat(owner().get(path).header("ETag")).isEqualTo(renamed.header("ETag"));

        owner().post(path + "/hosts", "{\"hosts\":[\"Web-1\"]}");
        var refused = owner().delete(path);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("code")).isEqualTo("system_has_hosts");
        assertThat(owner().delete(path + "/hosts/WEB-1").status()).isEqualTo(204);
        assertThat(owner().delete(path).status()).isEqualTo(204);
        assertThat(owner().get(path).text("code")).isEqualTo("system_not_found");
    }

    @Test
    default void listsHavePages() {
        for (var name : List.of("b", "A", "c", "D")) {
            owner().post("/api/v1/systems", "{\"name\":\"" + name + "\"}");
        }
        var first = owner().get("/api/v1/systems?limit=3");
        assertThat(first.json().at("/items").findValuesAsString("name")).containsExactly("A", "b", "c");
        var second = owner().get("/api/v1/systems?limit=3&cursor=" + first.text("next"));
        assertThat(second.json().at("/items").findValuesAsString("name")).containsExactly("D");
        assertThat(second.json().at("/next").isNull()).isTrue();
    }

    @Test
    default void hostsAreLinkedMovedAndReplaced() {
        var shop = system("shop");
        var mail = system("mail");
        var linked = owner().post(shop + "/hosts", "{\"hosts\":[\"Web-1\",\"web-1\",\"WEB-2\"]}");
        assertThat(linked.status()).isEqualTo(200);
        assertThat(linked.json().at("/linked").toString()).isEqualTo("[\"web-1\",\"web-2\"]");
        assertThat(linked.json().at("/system/hostCount").asInt()).isEqualTo(2);

        var elsewhere = owner().post(mail + "/hosts", "{\"hosts\":[\"web-2\",\"mx\"]}");
        assertThat(elsewhere.status()).isEqualTo(409);
        assertThat(elsewhere.text("code")).isEqualTo("host_linked_elsewhere");
        assertThat(elsewhere.text("detail")).contains(shop.substring(shop.lastIndexOf('/') + 1));
        assertThat(owner().post(mail + "/hosts?move=true", "{\"hosts\":[\"web-2\",\"mx\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(hosts(shop)).containsExactly("web-1");
        assertThat(hosts(mail)).containsExactly("mx", "web-2");

        var replaced = owner().put(mail + "/hosts", "{\"hosts\":[\"mx\",\"imap\"]}");
        assertThat(replaced.json().at("/unlinked").toString()).isEqualTo("[\"web-2\"]");
        assertThat(hosts(mail)).containsExactly("imap", "mx");
        assertThat(owner().get(mail + "/hosts").header("ETag")).isEqualTo(replaced.header("ETag"));
        assertThat(owner().get(shop).json().at("/hostCount").asInt()).isEqualTo(1);

        var many = new StringBuilder("\"h0\"");
        for (int i = 1; i <= 500; i++) {
            many.append(",\"h").append(i).append('"');
        }
        var tooMany = owner().post(mail + "/hosts", "{\"hosts\":[" + many + "]}");
        assertThat(tooMany.status()).isEqualTo(422);
        assertThat(tooMany.text("code")).isEqualTo("too_many_changes");
        assertThat(owner().delete(mail + "/hosts/web-1").text("code")).isEqualTo("host_not_linked");
    }

    @Test
    default void aHostMayHaveASlash() {
        var shop = system("routers");
        owner().post(shop + "/hosts", "{\"hosts\":[\"core/1 a;b\"]}");
        assertThat(owner().get("/api/v1/hosts/CORE%2F1%20a%3Bb").at("/system/name"))
                .isEqualTo("routers");
        assertThat(owner().delete(shop + "/hosts/core%2F1%20a%3Bb").status()).isEqualTo(204);
    }

    @Test
    default void anotherOrganizationsThingsAreNotThere() {
        var foreign = Tenant.make(this::as).owner().post("/api/v1/systems", "{\"name\":\"theirs\"}");
        assertThat(owner().get(foreign.header("Location")).status()).isEqualTo(404);
        assertThat(owner().patch(foreign.header("Location"), "{\"name\":\"mine\"}")
                        .status())
                .isEqualTo(404);
    }

    private List<String> hosts(String system) {
        return owner().get(system + "/hosts").json().at("/items").findValuesAsString("host");
    }
}
