package io.keyledger.audit.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.KeyEvent;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.Samples;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevokedTokenTest {

    @Test
    void saysWhyAKeyWasRevoked() {
        var token = of(new KeyEvent.KeyRevoked(Samples.USER_KEY, RevocationReason.OWNER_LEFT, "bye"))
                .orElseThrow();

        assertThat(token.cause()).isEqualTo(RevokedToken.Cause.REVOKED);
        assertThat(token.reason()).isEqualTo("OWNER_LEFT");
        assertThat(token.comment()).isEqualTo("bye");
        assertThat(token.hint()).isEqualTo(Samples.USER_KEY.hint());
        assertThat(token.hash()).hasToString(Samples.HASH.toString());
    }

    @Test
    void recordsTheSecretThatARegenerationReplaced() {
        var token = of(new KeyEvent.KeyRegenerated(Samples.GLOBAL_KEY, Samples.OLD_HASH, Samples.AT.plusSeconds(60)))
                .orElseThrow();

        assertThat(token.cause()).isEqualTo(RevokedToken.Cause.SUPERSEDED);
        assertThat(token.hash()).hasToString(Samples.OLD_HASH.toString());
        assertThat(token.version()).isEqualTo(Samples.GLOBAL_KEY.version() - 1);
        assertThat(token.effectiveAt()).isEqualTo(Samples.AT.plusSeconds(60));
        assertThat(token.hint()).isNull();
    }

    @Test
    void recordsAnOverlapThatWasEndedSoonerAndNotOneThatHadRunOut() {
        assertThat(of(new KeyEvent.KeyOverlapFinished(Samples.SYSTEM_KEY, Samples.OLD_HASH, Samples.AT)))
                .hasValueSatisfying(token -> {
                    assertThat(token.cause()).isEqualTo(RevokedToken.Cause.SUPERSEDED);
                    assertThat(token.effectiveAt()).isEqualTo(Samples.AT);
                    assertThat(token.hash()).hasToString(Samples.OLD_HASH.toString());
                });
        assertThat(of(new KeyEvent.KeyOverlapFinished(
                        Samples.SYSTEM_KEY, Samples.OLD_HASH, Samples.AT.minusSeconds(1))))
                .isEmpty();
    }

    @Test
    void recordsADeletedKey() {
        assertThat(of(new KeyEvent.KeyDeleted(Samples.API_KEY)))
                .map(RevokedToken::cause)
                .contains(RevokedToken.Cause.DELETED);
    }

    @Test
    void isOfNoOtherEvent() {
        var others = Samples.payloads().stream()
                .filter(payload -> !(payload instanceof KeyEvent.KeyRevoked)
                        && !(payload instanceof KeyEvent.KeyDeleted)
                        && !(payload instanceof KeyEvent.KeyOverlapFinished)
                        && !(payload instanceof KeyEvent.KeyRegenerated));

        assertThat(others.map(RevokedTokenTest::of)).isNotEmpty().allMatch(Optional::isEmpty);
    }

    private static Optional<RevokedToken> of(KeyEvent payload) {
        var sample = Samples.events().getFirst();
        return RevokedToken.of(new LedgerEvent(
                sample.eventId(),
                sample.organizationId(),
                1,
                1,
                Samples.AT,
                sample.commandId(),
                sample.actor(),
                payload));
    }
}
