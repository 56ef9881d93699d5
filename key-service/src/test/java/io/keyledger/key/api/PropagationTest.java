package io.keyledger.key.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who is told how soon Collectors follow, and that there is no prober unless it is asked for. */
class PropagationTest {

    private final ApiServer server = ApiServer.get();

    @Test
    void withoutAProberThereAreNoFigures() {
        var shown = server.newTenant().owner().get("/api/v1/propagation");
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.text("state")).isEqualTo("OFF");
        assertThat(shown.json().at("/refused").isNull()).isTrue();
        assertThat(shown.json().at("/lastFailure").isNull()).isTrue();
        assertThat(shown.json().at("/collectors")).isEmpty();
    }

    @Test
    void whoMaySeeKeysAndTheOperatorAreTold() {
        assertThat(server.asOperator().get("/api/v1/propagation").status()).isEqualTo(200);
        assertThat(server.asNobody().get("/api/v1/propagation").status()).isEqualTo(401);
    }
}
