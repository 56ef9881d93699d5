package io.keyledger.key.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The API describes itself. */
class OpenApiTest {

    private final ApiClient anonymous = ApiServer.get().asNobody();

    @Test
    void everyCallIsDescribed() {
        var api = anonymous.get("/v3/api-docs").json();
        var calls = new TreeSet<String>();
        api.at("/paths")
                .properties()
                .forEach(path ->
                        path.getValue().propertyNames().forEach(method -> calls.add(method + " " + path.getKey())));
        assertThat(calls)
                .containsAll(Set.of(
                        "post /api/v1/organizations",
                        "get /api/v1/organization/settings",
                        "patch /api/v1/organization/settings",
                        "get /api/v1/systems",
                        "post /api/v1/systems",
                        "get /api/v1/systems/{id}",
                        "patch /api/v1/systems/{id}",
                        "delete /api/v1/systems/{id}",
                        "get /api/v1/systems/{id}/hosts",
                        "post /api/v1/systems/{id}/hosts",
                        "put /api/v1/systems/{id}/hosts",
                        "delete /api/v1/systems/{id}/hosts/{host}",
                        "get /api/v1/hosts/{host}",
                        "get /api/v1/collector-keys",
                        "post /api/v1/collector-keys/global/regenerate",
                        "post /api/v1/collector-keys/global/finish",
                        "post /api/v1/collector-keys/global/reveal",
                        "post /api/v1/collector-keys/global/revoke",
                        "post /api/v1/systems/{id}/override",
                        "post /api/v1/systems/{id}/override/regenerate",
                        "post /api/v1/systems/{id}/override/reveal",
                        "post /api/v1/systems/{id}/override/finish",
                        "post /api/v1/systems/{id}/override/revoke",
                        "delete /api/v1/systems/{id}/override",
                        "get /api/v1/collectors",
                        "get /api/v1/propagation",
                        "get /api/v1/changes/{eventId}/enforcement",
                        "get /api/v1/commands/{id}"));
        assertThat(api.at("/paths/~1api~1v1~1systems/post/parameters").findValuesAsString("name"))
                .contains("wait", "timeout");
        assertThat(api.at("/components/schemas/Enforcement/properties").has("enforcedOn"))
                .isTrue();
        assertThat(api.at("/components/securitySchemes/token/name").asString()).isEqualTo("X-API-Key");
        assertThat(api.at("/components/schemas/Problem/properties").has("code")).isTrue();
        assertThat(api.at("/components/schemas").propertyNames())
                .doesNotContain("Change", "Read", "Operator", "Onlooker", "Secret");
        assertThat(api.at("/components/schemas/KeyView/properties/secret/type").asString())
                .isEqualTo("string");
    }

    @Test
    void whatIsAnsweredIsDescribed() {
        var paths = anonymous.get("/v3/api-docs").json().at("/paths");
        assertThat(answers(paths, "/api/v1/organizations", "post")).contains("201", "default");
        assertThat(answers(paths, "/api/v1/systems", "post")).contains("201");
        assertThat(answers(paths, "/api/v1/systems", "get")).contains("200");
        assertThat(answers(paths, "/api/v1/systems/{id}/override", "post")).contains("201");
        assertThat(answers(paths, "/api/v1/directory/rebuild", "post")).contains("202");
        for (var removed : Set.of("/api/v1/systems/{id}", "/api/v1/systems/{id}/override")) {
            assertThat(answers(paths, removed, "delete")).contains("204").doesNotContain("200");
        }
        assertThat(headers(paths, "/api/v1/organization/settings", "patch")).contains("If-Match", "Idempotency-Key");
        assertThat(headers(paths, "/api/v1/systems/{id}", "delete")).contains("If-Match");
        assertThat(headers(paths, "/api/v1/systems/{id}/hosts", "put")).contains("If-Match");
        assertThat(headers(paths, "/api/v1/systems/{id}/hosts", "post")).doesNotContain("If-Match");
        assertThat(headers(paths, "/api/v1/systems", "get")).contains("Keyledger-Min-Revision");
    }

    @Test
    void noCallIsSaidToTakeWhatItIgnores() {
        var paths = anonymous.get("/v3/api-docs").json().at("/paths");
        assertThat(headers(paths, "/api/v1/organizations", "post")).contains("Idempotency-Key", "wait", "timeout");
        assertThat(headers(paths, "/api/v1/directory/rebuild", "post")).isEmpty();
        assertThat(headers(paths, "/api/v1/directory", "get")).isEmpty();
        assertThat(headers(paths, "/api/v1/commands/{id}", "get")).contains("organization");
        assertThat(headers(paths, "/api/v1/changes/{eventId}/enforcement", "get"))
                .contains("organization");
        assertThat(headers(paths, "/api/v1/systems/{id}", "get")).doesNotContain("organization");
    }

    @ParameterizedTest
    @ValueSource(strings = {"post", "put"})
    void hostsAreSentAndAnsweredWholeOrAsAStream(String method) {
        var call = anonymous
                .get("/v3/api-docs")
                .json()
                .at("/paths")
                .path("/api/v1/systems/{id}/hosts")
                .path(method);
        var sent = call.at("/requestBody/content");
        assertThat(sent.propertyNames()).containsOnly("application/json", "text/plain", "application/x-ndjson");
        assertThat(sent.at("/application~1json/schema/$ref").asString()).endsWith("/Hosts");
        assertThat(sent.at("/text~1plain").toString()).contains("web-2");
        assertThat(sent.at("/application~1x-ndjson").toString()).contains("web-2");
        assertThat(call.at("/responses/200/content").propertyNames())
                .containsOnly("application/json", "application/x-ndjson");
    }

    private static Collection<String> answers(JsonNode paths, String path, String method) {
        return paths.path(path).path(method).path("responses").propertyNames();
    }

    private static List<String> headers(JsonNode paths, String path, String method) {
        return paths.path(path).path(method).path("parameters").findValuesAsString("name");
    }

    @Test
    void thereIsAPageToTryIt() {
        var root = anonymous.get("/");
        assertThat(root.status()).isEqualTo(302);
        assertThat(root.header("Location")).endsWith("/swagger-ui/index.html");
        assertThat(anonymous.get("/swagger-ui/index.html").response().body()).contains("Swagger UI");
    }
}
