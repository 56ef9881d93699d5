package io.keyledger.key.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.key.secret.FakeKms;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The service with a keyset in a key management service, which is found on the class path. */
class KmsTest {

    private static final ApiServer SERVER = ApiServer.start("keyledger.keyset.kms-uri=" + FakeKms.URI);

    private final ApiClient owner = SERVER.newTenant().owner();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @AfterEach
    void mend() {
        FakeKms.setAway(false);
    }

    @Test
    void itSealsAndReveals() {
        var made = owner.post("/api/v1/collector-keys/global/regenerate");
        int calls = FakeKms.CALLS.get();
        var revealed = owner.post("/api/v1/collector-keys/global/reveal");
        assertThat(revealed.text("secret")).isNotEmpty().isEqualTo(made.text("secret"));
        assertThat(FakeKms.CALLS.get()).as("the reveal has asked the service").isGreaterThan(calls);
    }

    @Test
    void aChangeThatMakesNoSecretDoesNotAskIt() {
        owner.post("/api/v1/systems", "{\"name\":\"first\"}");
        int calls = FakeKms.CALLS.get();
        owner.post("/api/v1/systems", "{\"name\":\"second\"}");
        assertThat(owner.post("/api/v1/collector-keys/global/revoke").status()).isEqualTo(200);
        assertThat(FakeKms.CALLS.get()).isEqualTo(calls);
    }

    @Test
    void whileItIsAwayThatIsSaidAndRevocationsGoOn() {
        FakeKms.setAway(true);
        for (var needs : new String[] {"regenerate", "reveal"}) {
            var answer = owner.post("/api/v1/collector-keys/global/" + needs);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text("code")).isEqualTo("keyset_unavailable");
            assertThat(answer.header("Retry-After")).isNotEmpty();
        }
        assertThat(SERVER.asOperator()
                        .post("/api/v1/organizations", "{\"name\":\"late\"}")
                        .text("code"))
                .isEqualTo("keyset_unavailable");
        assertThat(owner.post("/api/v1/collector-keys/global/revoke").status()).isEqualTo(200);
    }
}
