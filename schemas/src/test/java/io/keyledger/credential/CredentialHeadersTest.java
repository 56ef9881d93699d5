package io.keyledger.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.credential.Presented.Flaw;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CredentialHeadersTest {

    private static Presented find(List<String> apiKeys, String... authorizations) {
        return CredentialHeaders.find(apiKeys, List.of(authorizations), Map.of());
    }

    private static Map<String, List<String>> query(String... names) {
        return Arrays.stream(names).collect(Collectors.toMap(name -> name, _ -> List.of("value")));
    }

    private static String secret(Presented presented) {
        assertThat(presented).isInstanceOf(Presented.Key.class);
        return ((Presented.Key) presented).reveal();
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theThreePlacesOfAKey() {
        assertThat(secret(find(List.of(" k ")))).isEqualTo("k");
        assertThat(secret(find(List.of(), "Token k"))).isEqualTo("k");
        assertThat(secret(find(List.of(), "token   k"))).isEqualTo("k");
        assertThat(secret(find(List.of(), basic("user:k")))).isEqualTo("k");
        assertThat(secret(find(List.of(), basic(":k:k")))).isEqualTo("k:k");
    }

    @Test
    void anEmptyOneCountsAsNone() {
        assertThat(find(List.of(""))).isEqualTo(Flaw.MISSING_KEY);
        assertThat(find(List.of(), "Token")).isEqualTo(Flaw.MISSING_KEY);
        assertThat(find(List.of(), "Token ", basic("user:"), "Basic", "Bearer "))
                .isEqualTo(Flaw.MISSING_KEY);
        assertThat(secret(find(List.of("", "k"), "Token"))).isEqualTo("k");
    }

    @Test
    void aBearerTokenIsRefused() {
        assertThat(find(List.of(), "Bearer k")).isEqualTo(Flaw.BEARER_NOT_ACCEPTED);
        assertThat(secret(find(List.of("k"), "Bearer k"))).isEqualTo("k");
    }

    @Test
    void differentOnesAreTooMany() {
        assertThat(find(List.of("k"), "Token other")).isEqualTo(Flaw.TWO_CREDENTIALS);
        assertThat(find(List.of("k"), "Bearer other")).isEqualTo(Flaw.TWO_CREDENTIALS);
        assertThat(find(List.of("k", "other"))).isEqualTo(Flaw.TWO_CREDENTIALS);
        assertThat(secret(find(List.of("k"), "Token k", basic("u:k")))).isEqualTo("k");
    }

    @Test
    void aKeyInTheUrlIsRefused() {
        for (var name : List.of("u", "p", "api_key", "apikey", "Token")) {
            assertThat(CredentialHeaders.find(List.of("k"), List.of(), query(name, "db")))
                    .isEqualTo(Flaw.KEY_IN_URL);
        }
        assertThat(secret(CredentialHeaders.find(List.of("k"), List.of(), query("db", "precision"))))
                .isEqualTo("k");
    }

    @Test
    void anEmptyParameterIsNoKey() {
        var query = Map.of("token", Arrays.asList("", null));
        assertThat(secret(CredentialHeaders.find(List.of("k"), List.of(), query)))
                .isEqualTo("k");
    }

    @Test
    void whatCannotBeDecodedIsNoKey() {
        assertThat(find(List.of(), "Basic %%%")).isEqualTo(Flaw.MALFORMED_KEY);
        assertThat(find(List.of(), basic("nocolon"))).isEqualTo(Flaw.MALFORMED_KEY);
        assertThat(find(List.of(), "Negotiate abc")).isEqualTo(Flaw.MISSING_KEY);
    }

    @Test
    void noneOfThemPrints() {
        assertThat(find(List.of("verysecret"))).hasToString("Key[redacted]");
    }
}
