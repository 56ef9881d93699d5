package io.keyledger.ingest.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CredentialsTest {

    private static Presented find(List<String> apiKeys, String... authorizations) {
        return Credentials.find(apiKeys, List.of(authorizations), Set.of());
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
        assertThat(find(List.of(""))).isInstanceOf(Presented.None.class);
        assertThat(find(List.of(), "Token")).isInstanceOf(Presented.None.class);
        assertThat(find(List.of(), "Token ", basic("user:"), "Basic", "Bearer "))
                .isInstanceOf(Presented.None.class);
        assertThat(secret(find(List.of("", "k"), "Token"))).isEqualTo("k");
    }

    @Test
    void aBearerTokenIsRefused() {
        assertThat(find(List.of(), "Bearer k")).isInstanceOf(Presented.Bearer.class);
        assertThat(secret(find(List.of("k"), "Bearer k"))).isEqualTo("k");
    }

    @Test
    void differentOnesAreTooMany() {
        assertThat(find(List.of("k"), "Token other")).isInstanceOf(Presented.Several.class);
        assertThat(find(List.of("k"), "Bearer other")).isInstanceOf(Presented.Several.class);
        assertThat(find(List.of("k", "other"))).isInstanceOf(Presented.Several.class);
        assertThat(secret(find(List.of("k"), "Token k", basic("u:k")))).isEqualTo("k");
    }

    @Test
    void aKeyInTheUrlIsRefused() {
        for (var name : List.of("u", "p", "api_key", "apikey", "Token")) {
            assertThat(Credentials.find(List.of("k"), List.of(), Set.of(name, "db")))
                    .isInstanceOf(Presented.InUrl.class);
        }
        assertThat(secret(Credentials.find(List.of("k"), List.of(), Set.of("db", "precision"))))
                .isEqualTo("k");
    }

    @Test
    void whatCannotBeDecodedIsNoKey() {
        assertThat(find(List.of(), "Basic %%%")).isInstanceOf(Presented.Garbled.class);
        assertThat(find(List.of(), basic("nocolon"))).isInstanceOf(Presented.Garbled.class);
        assertThat(find(List.of(), "Negotiate abc")).isInstanceOf(Presented.None.class);
    }

    @Test
    void noneOfThemPrints() {
        assertThat(find(List.of("verysecret"))).hasToString("Key[redacted]");
    }
}
