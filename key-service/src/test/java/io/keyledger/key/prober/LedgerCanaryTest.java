package io.keyledger.key.prober;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.key.api.PureLedgerGateway;
import io.keyledger.key.secret.DataKeySealer;
import io.keyledger.key.secret.Secret;
import io.keyledger.key.secret.SecretGenerator;
import io.keyledger.key.secret.SecretSealer;
import io.keyledger.key.session.CommandSender;
import io.keyledger.key.session.NamedIds;
import io.keyledger.key.session.NewOrganization;
import io.keyledger.key.session.NewSecrets;
import io.keyledger.table.KeyCheck;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The prober's organization, on the ledger's own rules. */
class LedgerCanaryTest {

    private final PureLedgerGateway ledger = new PureLedgerGateway();
    private LedgerCanary.Parts parts;

    @BeforeEach
    void start() throws GeneralSecurityException {
        var keyset = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get())
                .getPrimitive(AeadConfig2026.get(), Aead.class);
        var sender = new CommandSender(ledger, "one", Duration.ofSeconds(1), Clock.systemUTC());
        var secrets = new NewSecrets(new SecretGenerator(new SecureRandom()), new SecretSealer(keyset), sender::newId);
        var personal = new DataKeySealer(keyset, ledger);
        parts = new LedgerCanary.Parts(
                sender, new NewOrganization(secrets, personal, sender::newId), secrets, personal);
    }

    @Test
    void itsIdIsMadeFromItsName() {
        assertThat(OrganizationId.PROBER).isEqualTo(NamedIds.organization("prober"));
    }

    @Test
    void eachChangeIsInForceForTheKeyAtHand() {
        var canary = parts.takeOver();
        var first = canary.key();
        assertThat(passes(first)).isTrue();
        canary.apply(CanaryChange.DEACTIVATED);
        assertThat(passes(first)).isFalse();
        canary.apply(CanaryChange.ACTIVATED);
        assertThat(passes(first)).isTrue();

        canary.apply(CanaryChange.KEY_REVOKED);
        assertThat(canary.key()).isSameAs(first);
        assertThat(passes(first)).isFalse();
        canary.apply(CanaryChange.KEY_MADE);
        assertThat(passes(canary.key())).isTrue();
        assertThat(passes(first)).isFalse();
        assertThat(ledger.events).extracting(LedgerEvent::organizationId).containsOnly(OrganizationId.PROBER);
    }

    @Test
    void whoeverTakesOverEndsTheOneBefore() {
        var before = parts.takeOver();
        before.apply(CanaryChange.DEACTIVATED);

        var after = parts.takeOver();
        assertThat(passes(after.key())).isTrue();
        assertThat(passes(before.key())).isFalse();
        for (var change : CanaryChange.values()) {
            assertThatThrownBy(() -> before.apply(change)).isInstanceOf(LedgerCanary.RefusedException.class);
        }
        assertThat(passes(after.key())).isTrue();
    }

    private boolean passes(Secret key) {
        return new KeyCheck(ledger.tables).check(key.reveal(), Instant.now()) instanceof KeyCheck.Valid valid
                && valid.organization().settings().agentsActive();
    }
}
