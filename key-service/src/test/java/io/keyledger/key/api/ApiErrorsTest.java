package io.keyledger.key.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.CommandId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What callers get who are wrong, late, or not let in. */
class ApiErrorsTest {

    private final ApiServer server = ApiServer.get();
    private final Tenant tenant = server.newTenant();
    private final ApiClient owner = tenant.owner();

    @AfterEach
    void mend() {
        server.ledger.mode = PureLedgerGateway.Mode.ANSWERS;
        server.ledger.hold = null;
        server.freshness.proves = true;
        server.freshness.staleness = Duration.ZERO;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"nme\":\"x\"}            | 400 | unknown_field  | Expected one of: name.",
                "{\"name\":                 | 400 | malformed_json | line 1, column",
                "{\"name\":\"a\",\"name\":\"b\"} | 400 | malformed_json | line 1",
                "[]                         | 400 | invalid        | the body",
                "{\"name\":{}}              | 400 | invalid        | \"name\"",
                "{\"name\":\"  \"}          | 400 | invalid        | name",
                "{}                         | 400 | invalid        | name",
                "{\"name\":\"a\\ud800\"}      | 400 | invalid        | half a surrogate pair",
                "{\"name\":\"a\\u0007\"}      | 400 | invalid        | control character",
            })
    void aBodyThatIsWrongIsExplained(String body, int status, String code, String detail) {
        var answer = owner.post("/api/v1/systems", body);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().at("/status").asInt()).isEqualTo(status);
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(answer.text("type")).isEqualTo("urn:keyledger:problem:" + code);
        assertThat(answer.text("title")).isNotEmpty();
        assertThat(answer.text("detail")).contains(detail);
    }

    @Test
    void whatCannotBeReadIsNamed() {
        var reason = owner.post("/api/v1/collector-keys/global/revoke", "{\"reason\":\"BORED\"}");
        assertThat(reason.status()).isEqualTo(400);
        assertThat(reason.text("detail")).contains("COMPROMISED").doesNotContain("BORED");

        var comment = owner.post("/api/v1/collector-keys/global/revoke", "{\"comment\":\"a\\u0000b\"}");
        assertThat(comment.status()).isEqualTo(400);
        assertThat(comment.text("detail")).contains("control characters");

        assertThat(owner.header("Content-Type", "text/plain")
                        .post("/api/v1/systems", "x")
                        .status())
                .isEqualTo(415);
        var large = owner.post("/api/v1/systems", "{\"name\":\"" + "x".repeat(1_100_000) + "\"}");
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.text("code")).isEqualTo("too_large");
        assertThat(owner.put("/api/v1/systems", "{}").text("code")).isEqualTo("method_not_allowed");
        assertThat(owner.get("/api/v1/nothing").text("code")).isEqualTo("not_found");
        assertThat(owner.get("/api/v1/systems/17").status()).isEqualTo(400);
        assertThat(owner.get("/api/v1/systems?limit=0").status()).isEqualTo(400);
        assertThat(owner.get("/api/v1/systems?limit=many").status()).isEqualTo(400);
        assertThat(owner.get("/api/v1/systems?cursor=nonsense").text("code")).isEqualTo("invalid_cursor");
        assertThat(owner.header("If-Match", "7")
                        .patch("/api/v1/organization/settings", "{}")
                        .text("code"))
                .isEqualTo("invalid_if_match");
        assertThat(owner.header("Keyledger-Min-Revision", "x")
                        .get("/api/v1/systems")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void onlyTokensAreLetIn() {
        var nobody = server.asNobody().get("/api/v1/systems");
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.text("code")).isEqualTo("missing_key");
        assertThat(nobody.header("WWW-Authenticate")).isNotEmpty();
        assertThat(server.asNobody()
                        .header("Authorization", "Bearer " + tenant.token())
                        .get("/api/v1/systems")
                        .text("detail"))
                .contains("X-API-Key");
        assertThat(server.as("nonsense").get("/api/v1/systems").text("code")).isEqualTo("malformed_key");
        assertThat(server.as(UUID.randomUUID().toString())
                        .get("/api/v1/systems")
                        .text("code"))
                .isEqualTo("unknown_key");

        var secret = owner.post("/api/v1/collector-keys/global/reveal").text("secret");
        var collector = server.as(secret).get("/api/v1/systems");
        assertThat(collector.status()).isEqualTo(403);
        assertThat(collector.text("detail")).startsWith("A Collector key pushes telemetry");
        assertThat(server.asOperator().get("/api/v1/systems").text("code")).isEqualTo("operator_token");
        assertThat(owner.post("/api/v1/organizations", "{\"name\":\"x\"}").text("code"))
                .isEqualTo("not_the_operator");
    }

    @Test
    void aTokenIsReadWhereverASenderCanPutIt() {
        var basic = Base64.getEncoder().encodeToString(("me:" + tenant.token()).getBytes(StandardCharsets.UTF_8));
        var nobody = server.asNobody();
        var path = "/api/v1/systems";
        assertThat(nobody.header("Authorization", "Token " + tenant.token())
                        .get(path)
                        .status())
                .isEqualTo(200);
        assertThat(nobody.header("Authorization", "Basic " + basic).get(path).status())
                .isEqualTo(200);
        assertThat(owner.header("Authorization", "Token").get(path).status()).isEqualTo(200);

        var bearer = nobody.header("Authorization", "Bearer " + tenant.token()).get(path);
        assertThat(bearer.status()).isEqualTo(401);
        assertThat(bearer.text("code")).isEqualTo("bearer_not_accepted");
        var several = owner.header("Authorization", "Token other").get(path);
        assertThat(several.status()).isEqualTo(400);
        assertThat(several.text("code")).isEqualTo("two_credentials");
        var inUrl = owner.get(path + "?api_key=" + tenant.token());
        assertThat(inUrl.status()).isEqualTo(400);
        assertThat(inUrl.text("code")).isEqualTo("key_in_url");
        assertThat(inUrl.toString()).doesNotContain(tenant.token());
    }

    @Test
    void aRefusalThatMayBeOutdatedWaitsForItsProof() {
        server.freshness.proves = false;
        var unknown = server.as(UUID.randomUUID().toString()).get("/api/v1/systems");
        assertThat(unknown.status()).isEqualTo(503);
        assertThat(unknown.text("code")).isEqualTo("keys_not_ready");
        assertThat(unknown.header("Retry-After")).isNotEmpty();
        assertThat(owner.get("/api/v1/systems").status()).isEqualTo(200);

        server.freshness.staleness = Duration.ofMinutes(6);
        assertThat(owner.get("/api/v1/systems").status()).isEqualTo(503);
    }

    @Test
    void aReadWaitsForWhatItIsAskedFor() {
        var made = owner.post("/api/v1/systems", "{\"name\":\"shop\"}");
        assertThat(owner.header("Keyledger-Min-Revision", made.header("Keyledger-Revision"))
                        .get("/api/v1/systems")
                        .status())
                .isEqualTo(200);
        var behind = owner.header("Keyledger-Min-Revision", tenant.partition() + ":999999")
                .get("/api/v1/systems");
        assertThat(behind.status()).isEqualTo(503);
        assertThat(behind.text("code")).isEqualTo("directory_unavailable");

        var foreign = owner.header("Keyledger-Min-Revision", (tenant.partition() + 1) % Tenant.PARTITIONS + ":1")
                .get("/api/v1/systems");
        assertThat(foreign.status()).isEqualTo(400);
        assertThat(foreign.text("detail")).contains("its partition " + tenant.partition());
    }

    @Test
    void aCommandThatIsNotAnsweredCanBeAskedFor() {
        server.ledger.mode = PureLedgerGateway.Mode.SILENT;
        var silent = owner.post("/api/v1/systems", "{\"name\":\"silent\"}");
        assertThat(silent.status()).isEqualTo(504);
        var link = silent.text("command");
        assertThat(link).startsWith("/api/v1/commands/");
        var asked = owner.get(link);
        assertThat(asked.text("status")).isEqualTo("APPLIED");
        assertThat(asked.at("/events/0/type")).isEqualTo("SystemRegistered");
        assertThat(asked.json().at("/problem").isNull()).isTrue();

        var refused =
                owner.get(owner.post("/api/v1/systems", "{\"name\":\"silent\"}").text("command"));
        assertThat(refused.text("status")).isEqualTo("REJECTED");
        assertThat(refused.at("/problem/code")).isEqualTo("system_name_taken");
        assertThat(owner.get("/api/v1/commands/" + new CommandId(UUID.randomUUID()))
                        .text("status"))
                .isEqualTo("UNKNOWN");
        assertThat(stranger().get(link).text("status")).isEqualTo("UNKNOWN");

        var organization = server.asOperator().post("/api/v1/organizations", "{\"name\":\"silent\"}");
        assertThat(server.asOperator().get(organization.text("command")).text("status"))
                .isEqualTo("APPLIED");
    }

    @Test
    void aLedgerThatIsAwayIsSaid() {
        server.ledger.mode = PureLedgerGateway.Mode.AWAY;
        var away = owner.post("/api/v1/systems", "{\"name\":\"shop\"}");
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.text("code")).isEqualTo("ledger_unavailable");
        assertThat(away.header("Retry-After")).isNotEmpty();
    }

    @Test
    void aRequestThatIsStillRunningIsNotRunAgain() throws Exception {
        var hold = new CountDownLatch(1);
        server.ledger.hold = hold;
        var once = owner.header("Idempotency-Key", "slow-1");
        var first = CompletableFuture.supplyAsync(() -> once.post("/api/v1/systems", "{\"name\":\"slow\"}"));
        server.ledger.entered.acquire();
        var second = once.post("/api/v1/systems", "{\"name\":\"slow\"}");
        hold.countDown();
        assertThat(second.text("code")).isEqualTo("idempotency_key_in_use");
        assertThat(first.get().status()).isEqualTo(201);
    }

    private ApiClient stranger() {
        server.ledger.mode = PureLedgerGateway.Mode.ANSWERS;
        var stranger = server.newTenant().owner();
        server.ledger.mode = PureLedgerGateway.Mode.SILENT;
        return stranger;
    }
}
