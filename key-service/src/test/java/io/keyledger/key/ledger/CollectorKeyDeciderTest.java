package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.BILLING;
import static io.keyledger.key.ledger.Fixtures.GLOBAL;
import static io.keyledger.key.ledger.Fixtures.ORGANIZATION;
import static io.keyledger.key.ledger.Fixtures.OVERRIDE;
import static io.keyledger.key.ledger.Fixtures.SHIPPING;
import static io.keyledger.key.ledger.Fixtures.T0;
import static io.keyledger.key.ledger.Fixtures.globalRef;
import static io.keyledger.key.ledger.Fixtures.organization;
import static io.keyledger.key.ledger.Fixtures.override;
import static io.keyledger.key.ledger.Fixtures.overrideRef;
import static io.keyledger.key.ledger.Fixtures.secret;
import static io.keyledger.key.ledger.Fixtures.systems;
import static io.keyledger.key.ledger.Fixtures.token;
import static io.keyledger.key.ledger.Fixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.KeyEvent.KeyCreated;
import io.keyledger.event.KeyEvent.KeyRegenerated;
import io.keyledger.event.KeyEvent.KeyRevealed;
import io.keyledger.event.KeyEvent.KeyRevoked;
import io.keyledger.event.KeyEvent.SystemChanged;
import io.keyledger.event.KeyId;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyRef;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.Command.CreateOverride;
import io.keyledger.key.ledger.Command.FinishOverlap;
import io.keyledger.key.ledger.Command.RegenerateCollectorKey;
import io.keyledger.key.ledger.Command.RemoveOverride;
import io.keyledger.key.ledger.Command.RevealCollectorKey;
import io.keyledger.key.ledger.Command.RevokeCollectorKey;
import io.keyledger.key.ledger.LedgerState.Revocation;
import io.keyledger.key.ledger.Rejection.Fact;
import io.keyledger.table.SourceRow.SealedSecretRow;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CollectorKeyDeciderTest {

    private static final NewSecret SECOND = secret("second");
    private static final NewSecret THIRD = secret("third");
    private static final SystemId NOWHERE = new SystemId(uuid("nowhere"));

    @Test
    void theOldSecretDiesWhenTheNewOneIsBorn() {
        var scenario = Scenario.given(organization())
                .after(Duration.ofMinutes(1))
                .when(new RegenerateCollectorKey(null, SECOND, null))
                .then(new KeyRegenerated(global(GLOBAL.keyId(), SECOND, 2), GLOBAL.hash(), null));

        assertThat(scenario.keyRow(SECOND.hash()).status()).isEqualTo(KeyStatus.ACTIVE);
        assertThat(scenario.keyRow(SECOND.hash()).createdAt()).isEqualTo(T0.plusSeconds(60));
        assertThat(scenario.keyRow(GLOBAL.hash()).status()).isEqualTo(KeyStatus.REVOKED);
        assertThat(scenario.keyRow(GLOBAL.hash()).createdAt()).isEqualTo(T0);
        assertThat(scenario.keyRow(GLOBAL.hash()).supersededAt()).isEqualTo(T0.plusSeconds(60));
        var key = scenario.answer(Answer.OfKey.class).key();
        assertThat(key.id()).isEqualTo(GLOBAL.keyId());
        assertThat(key.version()).isEqualTo(2);
        assertThat(key.createdAt()).isEqualTo(T0);
        assertThat(key.hint()).isEqualTo(SECOND.hint());
    }

    @Test
    void theNewSecretCanBeRevealedAndTheOldOneNot() {
        var scenario = Scenario.given(organization()).when(new RegenerateCollectorKey(null, SECOND, null));
        assertThat(scenario.sources())
                .containsExactly(new SourceChange.Put(new SealedSecretRow(
                        GLOBAL.keyId(),
                        ORGANIZATION,
                        2,
                        Objects.requireNonNull(SECOND.sealed()).ciphertext(),
                        5)));
        scenario.when(revokeGlobal());
        assertThat(scenario.sources())
                .containsExactly(new SourceChange.RemoveSealedSecret(ORGANIZATION, GLOBAL.keyId(), 6));
    }

    @Test
    void aRevokedGlobalKeyStaysAndANewOneIsMade() {
        var scenario = Scenario.given(organization())
                .when(revokeGlobal())
                .then(new KeyRevoked(globalRef(), RevocationReason.COMPROMISED, "seen in a log"))
                .when(new RegenerateCollectorKey(null, SECOND, null))
                .then(new KeyCreated(global(SECOND.keyId(), SECOND, 1), null, Set.of(), null));

        assertThat(scenario.keyRow(GLOBAL.hash()).status()).isEqualTo(KeyStatus.REVOKED);
        assertThat(scenario.state().findKey(ORGANIZATION, GLOBAL.keyId()))
                .hasValueSatisfying(key -> assertThat(key.revocation())
                        .isEqualTo(new Revocation(T0, RevocationReason.COMPROMISED, "seen in a log")));
        assertThat(scenario.state().findOrganization(ORGANIZATION))
                .hasValueSatisfying(
                        organization -> assertThat(organization.globalKeyId()).isEqualTo(SECOND.keyId()));
    }

    @Test
    void aMissingGlobalKeyIsMade() {
        var withoutGlobal = organization().stream()
                .filter(event ->
                        !(event instanceof KeyCreated(var key, var _, var _, var _) && key.kind() == KeyKind.GLOBAL))
                .toList();
        Scenario.given(withoutGlobal)
                .when(new RevealCollectorKey(null))
                .thenRefused(Fact.KEY_NOT_FOUND, "regenerate")
                .when(revokeGlobal())
                .thenRefused(Fact.KEY_NOT_FOUND, "regenerate")
                .when(new RegenerateCollectorKey(null, SECOND, null))
                .then(new KeyCreated(global(SECOND.keyId(), SECOND, 1), null, Set.of(), null));
    }

    @Test
    void regeneratingAnOverrideKeepsTheRequirement() {
        Scenario.given(systems())
                .when(new CreateOverride(BILLING, OVERRIDE, Duration.ofHours(1)))
                .when(new RegenerateCollectorKey(BILLING, SECOND, null))
                .then(new KeyRegenerated(
                        new KeyRef(OVERRIDE.keyId(), KeyKind.SYSTEM, SECOND.hash(), SECOND.hint(), 2, BILLING, null),
                        OVERRIDE.hash(),
                        null));
    }

    @Test
    void aRevokedOverrideIsReplacedByANewOne() {
        var scenario = Scenario.given(override())
                .when(revoke(BILLING))
                .when(new RegenerateCollectorKey(BILLING, SECOND, null))
                .then(new KeyCreated(overrideRef(SECOND, 1), null, Set.of(), null));
        assertThat(scenario.answer(Answer.OfKey.class).system())
                .hasFieldOrPropertyWithValue("overrideKeyId", SECOND.keyId())
                .hasFieldOrPropertyWithValue("overrideRequiredFrom", T0);
    }

    @Test
    void regeneratingMakesNoSystemRequireAnOverride() {
        Scenario.given(override())
                .when(new RegenerateCollectorKey(SHIPPING, SECOND, null))
                .thenRefused(Fact.KEY_NOT_FOUND, "Shipping", SHIPPING, "create")
                .when(new RemoveOverride(BILLING))
                .when(new RegenerateCollectorKey(BILLING, SECOND, null))
                .thenRefused(Fact.KEY_NOT_FOUND, "Billing", BILLING, "create");
    }

    @Test
    void aSecretIsOneKeysForEver() {
        var scenario = Scenario.given(organization()).when(new RegenerateCollectorKey(null, SECOND, null));
        for (var used : new NewSecret[] {GLOBAL, SECOND}) {
            scenario.when(new RegenerateCollectorKey(
                            null, new NewSecret(THIRD.keyId(), used.hash(), used.hint(), used.sealed()), null))
                    .thenRefused(Fact.SECRET_ALREADY_USED);
        }
    }

    @Test
    void aSecretThatNobodyCouldRevealIsRefused() {
        Scenario.given(organization())
                .when(new RegenerateCollectorKey(null, token("bare"), null))
                .thenRefused(Fact.INVALID, "sealed");
    }

    @Test
    void aKeyIsRevokedOnce() {
        Scenario.given(organization())
                .when(revokeGlobal())
                .after(Duration.ofMinutes(1))
                .when(revokeGlobal())
                .thenRefused(Fact.ALREADY_REVOKED, GLOBAL.keyId(), T0, "regenerate");
    }

    @Test
    void revokingAnOverrideEndsItsGracePeriodNow() {
        var scenario = Scenario.given(systems())
                .when(new CreateOverride(BILLING, OVERRIDE, Duration.ofHours(1)))
                .after(Duration.ofMinutes(1))
                .when(revoke(BILLING))
                .then(
                        new KeyRevoked(overrideRef(OVERRIDE, 1), RevocationReason.POLICY, null),
                        new SystemChanged(BILLING, "Billing", T0.plusSeconds(60)));
        assertThat(scenario.keyRow(OVERRIDE.hash()).status()).isEqualTo(KeyStatus.REVOKED);
    }

    @Test
    void revokingAnOverrideThatIsRequiredAlreadyChangesNothingElse() {
        Scenario.given(override())
                .when(revoke(BILLING))
                .then(new KeyRevoked(overrideRef(OVERRIDE, 1), RevocationReason.POLICY, null));
    }

    @Test
    void aCommentHasAtMost1000Characters() {
        Scenario.given(organization())
                .when(new RevokeCollectorKey(null, RevocationReason.POLICY, "é".repeat(1001)))
                .thenRefused(Fact.INVALID, "1000", "1001")
                .when(new RevokeCollectorKey(null, RevocationReason.POLICY, "🔑".repeat(1000)))
                .then(new KeyRevoked(globalRef(), RevocationReason.POLICY, "🔑".repeat(1000)));
    }

    @Test
    void aRevealIsAnEventAndChangesNoRow() {
        var scenario = Scenario.given(override())
                .when(new RevealCollectorKey(null))
                .then(new KeyRevealed(globalRef()))
                .when(new RevealCollectorKey(BILLING))
                .then(new KeyRevealed(overrideRef(OVERRIDE, 1)));
        assertThat(scenario.changes()).isEmpty();
        assertThat(scenario.sources()).isEmpty();
        assertThat(scenario.answer(Answer.OfKey.class).key().id()).isEqualTo(OVERRIDE.keyId());
    }

    @Test
    void aRevokedKeyIsNotRevealed() {
        Scenario.given(override())
                .when(revoke(BILLING))
                .when(new RevealCollectorKey(BILLING))
                .thenRefused(Fact.ALREADY_REVOKED, OVERRIDE.keyId(), "regenerate")
                .when(new RevealCollectorKey(SHIPPING))
                .thenRefused(Fact.KEY_NOT_FOUND, "Shipping");
    }

    @Test
    void aSystemThatIsNotThereIsNamed() {
        for (var command : new Command[] {
            new RegenerateCollectorKey(NOWHERE, SECOND, null),
            new FinishOverlap(NOWHERE),
            revoke(NOWHERE),
            new RevealCollectorKey(NOWHERE)
        }) {
            Scenario.given(systems()).when(command).thenRefused(Fact.SYSTEM_NOT_FOUND, NOWHERE);
        }
    }

    private static RevokeCollectorKey revoke(SystemId system) {
        return new RevokeCollectorKey(system, RevocationReason.POLICY, null);
    }

    private static RevokeCollectorKey revokeGlobal() {
        return new RevokeCollectorKey(null, RevocationReason.COMPROMISED, "seen in a log");
    }

    private static KeyRef global(KeyId id, NewSecret secret, int version) {
        return new KeyRef(id, KeyKind.GLOBAL, secret.hash(), secret.hint(), version, null, null);
    }
}
