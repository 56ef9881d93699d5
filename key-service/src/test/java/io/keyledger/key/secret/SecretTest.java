package io.keyledger.key.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.event.KeyKind;
import io.keyledger.table.KeyFormat;
import java.security.SecureRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    private final SecretGenerator generator = new SecretGenerator(new SecureRandom());

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void everyKindIsMadeInItsFormat(KeyKind kind) {
        var secret = generator.generate(kind).reveal();
        switch (kind) {
            case GLOBAL, SYSTEM -> {
                assertThat(UUID.fromString(secret).version()).isEqualTo(4);
                assertThat(UUID.fromString(secret).variant()).isEqualTo(2);
            }
            case ORGANIZATION -> assertThat(secret).matches("org-apiv1_[0-9a-f]{64}");
            case USER -> assertThat(secret).matches("tc-apiv1_[0-9a-f]{64}");
        }
        if (kind == KeyKind.USER || kind == KeyKind.ORGANIZATION) {
            assertThat(KeyFormat.of(secret)).isEqualTo(KeyFormat.CHECKSUMMED);
        }
        assertThat(generator.generate(kind).reveal()).isNotEqualTo(secret);
    }

    @Test
    void aSecretDoesNotPrint() {
        var secret = Secret.of("tc-apiv1_" + "ab".repeat(31) + "cdef");
        assertThat(secret.toString()).isEqualTo("Secret[redacted]");
        assertThat("" + secret).doesNotContain("abab");
        assertThat(secret.hint()).isEqualTo("tc-apiv1_…cdef");
        assertThat(Secret.of("6dd0a1f2-0c2b-4b7a-9d53-1c0f6c2b3f2a").hint()).isEqualTo("…3f2a");
    }

    @Test
    void anImportedTokenNeedsNoChecksum() {
        var token = "tc-apiv1_" + "AB".repeat(32);
        assertThat(OwnerToken.parse("here", token).reveal()).isEqualTo(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tc-apiv1_", "tc-apiv1_abcabcabc", "org-apiv1_zzcanaryzz", "tc-apiv1_canaryCANARY"})
    void anythingElseIsRefusedWithoutBeingRepeated(String value) {
        assertThatThrownBy(() -> OwnerToken.parse("keyledger.owner-token", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keyledger.owner-token")
                .hasMessageContaining("64 hexadecimal digits")
                .message()
                .doesNotContainIgnoringCase("canary")
                .doesNotContain("abcabc");
    }
}
