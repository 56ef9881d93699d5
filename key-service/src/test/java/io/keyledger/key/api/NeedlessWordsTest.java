package io.keyledger.key.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a request says that nothing asks for is refused: passed over in silence, it would be believed. */
class NeedlessWordsTest {

    private final ApiServer server = ApiServer.get();
    private final ApiClient owner = server.newTenant().owner();

    @Test
    void aVersionThatNothingAsksForIsRefused() {
        var path = owner.post("/api/v1/systems", "{\"name\":\"shop\"}").header("Location");
        var versioned = owner.header("If-Match", "\"999\"");
        for (var refused : List.of(
                versioned.post(path + "/hosts", "{\"hosts\":[\"web-1\"]}"),
                versioned.header("Content-Type", "text/plain").post(path + "/hosts", "web-1"),
                versioned.post("/api/v1/collector-keys/global/regenerate"))) {
            assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
            assertThat(refused.text("code")).isEqualTo("unsupported_if_match");
        }
        assertThat(owner.get(path + "/hosts").json().at("/items")).isEmpty();
        assertThat(owner.header("If-Match", "*")
                        .post(path + "/hosts", "{\"hosts\":[\"web-1\"]}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aBodyWhereThereIsNothingToSayIsRefused() {
        for (var act : List.of("finish", "reveal")) {
            var refused = owner.post("/api/v1/collector-keys/global/" + act, "{\"overlap\":\"PT1H\"}");
            assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
            assertThat(refused.text("code")).isEqualTo("unknown_field");
            assertThat(refused.text("detail")).contains("Expected no field at all.");
        }
        assertThat(owner.post("/api/v1/collector-keys/global/reveal", "{}").status())
                .isEqualTo(200);
    }

    @Test
    void aParameterOfTheQueryIsThereOnce() {
        var refused = owner.get("/api/v1/systems?limit=1&limit=2");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("code")).isEqualTo("invalid");
        assertThat(refused.text("detail")).contains("limit");
    }
}
