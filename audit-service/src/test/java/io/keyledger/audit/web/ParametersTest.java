package io.keyledger.audit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.audit.search.Cursor;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ParametersTest {

    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @Test
    void readsWhatIsThere() {
        request.addParameter("key", "0197f0c2-7d7e-7cc3-98c4-dc0c0c07398f");
        request.addParameter("from", "2026-11-21T10:00:00+01:00");
        request.addParameter("limit", "7");
        request.addParameter("type", "KeyRevoked");
        request.addParameter("cursor", new Cursor(5, 1).toString());
        var parameters = parameters();

        assertThat(parameters.id("key")).isEqualTo(UUID.fromString("0197f0c2-7d7e-7cc3-98c4-dc0c0c07398f"));
        assertThat(parameters.time("from")).isEqualTo(Instant.parse("2026-11-21T09:00:00Z"));
        assertThat(parameters.limit("limit", 50)).isEqualTo(7);
        assertThat(parameters.type("type")).isEqualTo("KeyRevoked");
        assertThat(parameters.cursor("cursor")).isEqualTo(new Cursor(5, 1));
        assertThat(parameters.time("to")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "key,1-1-1-1-1",
        "key,nonsense",
        "from,yesterday",
        "from,2026-11-21T10:00:00",
        "from,+99999-01-01T00:00:00Z",
        "limit,0",
        "limit,201",
        "limit,many",
        "type,key revoked",
        "cursor,abc"
    })
    void namesWhatItDoesNotUnderstand(String name, String value) {
        request.addParameter(name, value);
        var parameters = parameters();

        assertThatThrownBy(() -> {
                    parameters.id("key");
                    parameters.time("from");
                    parameters.limit("limit", 50);
                    parameters.type("type");
                    parameters.cursor("cursor");
                })
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(value);
    }

    @Test
    void doesNotRepeatASecret() {
        var secret = "tc-apiv1_" + "5".repeat(64);
        request.addParameter("key", secret);

        assertThatThrownBy(() -> parameters().id("key"))
                .isInstanceOf(ProblemException.class)
                .hasMessageNotContaining("5555");
    }

    @Test
    void refusesAParameterThatItDoesNotKnow() {
        request.addParameter("sytem", "x");

        assertThatThrownBy(this::parameters).hasMessageContaining("sytem");
    }

    @Test
    void refusesAParameterTwice() {
        request.addParameter("type", "KeyRevoked", "KeyCreated");

        assertThatThrownBy(this::parameters).hasMessageContaining("one type");
    }

    private Parameters parameters() {
        return new Parameters(request, Set.of("key", "from", "to", "limit", "type", "cursor"));
    }
}
