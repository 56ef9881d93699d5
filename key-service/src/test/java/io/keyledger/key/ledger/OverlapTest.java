package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.BILLING;
import static io.keyledger.key.ledger.Fixtures.GLOBAL;
import static io.keyledger.key.ledger.Fixtures.OVERRIDE;
import static io.keyledger.key.ledger.Fixtures.SHIPPING;
import static io.keyledger.key.ledger.Fixtures.T0;
import static io.keyledger.key.ledger.Fixtures.organization;
import static io.keyledger.key.ledger.Fixtures.override;
import static io.keyledger.key.ledger.Fixtures.overrideRef;
import static io.keyledger.key.ledger.Fixtures.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.KeyEvent.KeyCreated;
import io.keyledger.event.KeyEvent.KeyOverlapFinished;
import io.keyledger.event.KeyEvent.KeyRegenerated;
import io.keyledger.event.KeyEvent.KeyRevealed;
import io.keyledger.event.KeyEvent.KeyRevoked;
import io.keyledger.event.KeyEvent.SystemChanged;
import io.keyledger.event.KeyEvent.SystemRemoved;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyRef;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.Command.FinishOverlap;
import io.keyledger.key.ledger.Command.RegenerateCollectorKey;
import io.keyledger.key.ledger.Command.RemoveOverride;
import io.keyledger.key.ledger.Command.RemoveSystem;
import io.keyledger.key.ledger.Command.RevealCollectorKey;
import io.keyledger.key.ledger.Command.RevokeCollectorKey;
import io.keyledger.key.ledger.Rejection.Fact;
import io.keyledger.table.Row.KeyRow;
import io.keyledger.table.RowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rotation in which the old secret and the new one both pass for a while. */
class OverlapTest {

    private static final NewSecret SECOND = secret("second");
    private static final NewSecret THIRD = secret("third");
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant TOMORROW = T0.plus(DAY);
    private static final Instant SOON = T0.plus(MINUTE);

    @Test
    void bothSecretsPassAndTheOldOneSaysUntilWhen() {
        var scenario = Scenario.given(organization())
                .when(regenerate(null, SECOND, DAY))
                .then(new KeyRegenerated(global(SECOND, 2), GLOBAL.hash(), TOMORROW));

        assertPasses(scenario, SECOND, null);
        assertPasses(scenario, GLOBAL, TOMORROW);
        assertThat(scenario.answer(Answer.OfKey.class).key().supersededAt()).isEqualTo(TOMORROW);
    }

    @Test
    void anOverridesOverlapIsTheSame() {
        var scenario = Scenario.given(override()).when(regenerate(BILLING, SECOND, DAY));
        assertPasses(scenario, SECOND, null);
        assertPasses(scenario, OVERRIDE, TOMORROW);
        scenario.after(MINUTE)
                .when(new FinishOverlap(BILLING))
                .then(new KeyOverlapFinished(own(SECOND, 2), OVERRIDE.hash(), SOON));
        assertReplaced(scenario, OVERRIDE, SOON);
    }

    @Test
    void finishingEndsTheOldSecretNow() {
        var scenario = Scenario.given(organization())
                .when(regenerate(null, SECOND, DAY))
                .after(MINUTE)
                .when(new FinishOverlap(null))
                .then(new KeyOverlapFinished(global(SECOND, 2), GLOBAL.hash(), SOON));
        assertPasses(scenario, SECOND, null);
        assertReplaced(scenario, GLOBAL, SOON);
        assertThat(scenario.answer(Answer.OfKey.class).key().supersededAt()).isNull();
        scenario.when(new FinishOverlap(null)).thenRefused(Fact.NO_OVERLAP, GLOBAL.keyId(), "current secret alone");
    }

    @Test
    void whereNoOverlapRunsThereIsNothingToFinish() {
        Scenario.given(override())
                .when(new FinishOverlap(null))
                .thenRefused(Fact.NO_OVERLAP, GLOBAL.keyId())
                .when(new FinishOverlap(SHIPPING))
                .thenRefused(Fact.KEY_NOT_FOUND, "Shipping")
                .when(regenerate(null, SECOND, DAY))
                .after(DAY)
                .when(new FinishOverlap(null))
                .thenRefused(Fact.NO_OVERLAP, TOMORROW)
                .when(new RevokeCollectorKey(null, RevocationReason.POLICY, null))
                .when(new FinishOverlap(null))
                .thenRefused(Fact.ALREADY_REVOKED, GLOBAL.keyId());
    }

    @Test
    void regeneratingAgainWithAnOverlapEndsTheOldestAndKeepsTheOneInBetween() {
        var scenario = Scenario.given(organization())
                .when(regenerate(null, SECOND, DAY))
                .after(MINUTE)
                .when(regenerate(null, THIRD, DAY))
                .then(
                        new KeyOverlapFinished(global(SECOND, 2), GLOBAL.hash(), SOON),
                        new KeyRegenerated(global(THIRD, 3), SECOND.hash(), SOON.plus(DAY)));
        assertReplaced(scenario, GLOBAL, SOON);
        assertPasses(scenario, SECOND, SOON.plus(DAY));
        assertPasses(scenario, THIRD, null);
    }

    @Test
    void regeneratingAgainWithoutOneEndsBothOldSecrets() {
        var scenario = Scenario.given(organization())
                .when(regenerate(null, SECOND, DAY))
                .after(MINUTE)
                .when(regenerate(null, THIRD, null));
        assertReplaced(scenario, GLOBAL, SOON);
        assertReplaced(scenario, SECOND, SOON);
        assertPasses(scenario, THIRD, null);
    }

    @Test
    void anOverlapThatHasRunOutIsEndedForGoodWithItsOwnTime() {
        var scenario = Scenario.given(organization())
                .when(regenerate(null, SECOND, DAY))
                .after(DAY.plus(MINUTE))
                .when(regenerate(null, THIRD, null))
                .then(
                        new KeyOverlapFinished(global(SECOND, 2), GLOBAL.hash(), TOMORROW),
                        new KeyRegenerated(global(THIRD, 3), SECOND.hash(), null));
        assertReplaced(scenario, GLOBAL, TOMORROW);
    }

    @Test
    void revokingEndsBothSecrets() {
        var scenario = Scenario.given(organization())
                .when(regenerate(null, SECOND, DAY))
                .after(MINUTE)
                .when(new RevokeCollectorKey(null, RevocationReason.COMPROMISED, null))
                .then(
                        new KeyRevoked(global(SECOND, 2), RevocationReason.COMPROMISED, null),
                        new KeyOverlapFinished(global(SECOND, 2), GLOBAL.hash(), SOON));
        assertRevoked(scenario, GLOBAL);
        assertRevoked(scenario, SECOND);
    }

    @Test
    void revokingAfterAnOverlapLeavesTheOlderSecretReplaced() {
        var scenario = Scenario.given(organization())
                .when(regenerate(null, SECOND, DAY))
                .after(DAY.plus(MINUTE))
                .when(new RevokeCollectorKey(null, RevocationReason.COMPROMISED, null))
                .then(
                        new KeyOverlapFinished(global(SECOND, 2), GLOBAL.hash(), TOMORROW),
                        new KeyRevoked(global(SECOND, 2), RevocationReason.COMPROMISED, null));
        assertReplaced(scenario, GLOBAL, TOMORROW);
        assertRevoked(scenario, SECOND);
    }

    @Test
    void removingAnOverrideOrItsSystemEndsBothSecrets() {
        var finished = new KeyOverlapFinished(own(SECOND, 2), OVERRIDE.hash(), T0);
        var revoked = new KeyRevoked(own(SECOND, 2), RevocationReason.DECOMMISSIONED, null);
        var removed = Scenario.given(override())
                .when(regenerate(BILLING, SECOND, DAY))
                .when(new RemoveOverride(BILLING))
                .then(revoked, finished, new SystemChanged(BILLING, "Billing", null));
        var gone = Scenario.given(override())
                .when(regenerate(BILLING, SECOND, DAY))
                .when(new RemoveSystem(BILLING, null))
                .then(revoked, finished, new SystemRemoved(BILLING, "Billing"));
        for (var scenario : new Scenario[] {removed, gone}) {
            assertRevoked(scenario, OVERRIDE);
            assertRevoked(scenario, SECOND);
        }
    }

    @Test
    void aRevealShowsTheCurrentSecret() {
        Scenario.given(organization())
                .when(regenerate(null, SECOND, DAY))
                .when(new RevealCollectorKey(null))
                .then(new KeyRevealed(global(SECOND, 2)));
    }

    @Test
    void whereNothingPassesThereIsNothingToOverlapWith() {
        var scenario = Scenario.given(organization())
                .when(new RevokeCollectorKey(null, RevocationReason.COMPROMISED, null))
                .when(regenerate(null, SECOND, DAY))
                .then(new KeyCreated(
                        new KeyRef(SECOND.keyId(), KeyKind.GLOBAL, SECOND.hash(), SECOND.hint(), 1, null, null),
                        null,
                        Set.of(),
                        null));
        assertThat(scenario.answer(Answer.OfKey.class).key().supersededAt()).isNull();
        assertThat(row(scenario, GLOBAL).status()).isEqualTo(KeyStatus.REVOKED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.999S", "-PT1H", "P30DT0.000001S", "PT9223372036854775807S"})
    void anOverlapHasBounds(String overlap) {
        Scenario.given(organization())
                .when(regenerate(null, SECOND, Duration.parse(overlap)))
                .thenRefused(Fact.OVERLAP_OUT_OF_RANGE, Limits.SHORTEST_OVERLAP, Limits.OVERLAP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1S", "P30D"})
    void theBoundsAreWithin(String overlap) {
        var scenario = Scenario.given(organization()).when(regenerate(null, SECOND, Duration.parse(overlap)));
        assertPasses(scenario, GLOBAL, T0.plus(Duration.parse(overlap)));
    }

    private static RegenerateCollectorKey regenerate(
            @Nullable SystemId system, NewSecret secret, @Nullable Duration overlap) {
        return new RegenerateCollectorKey(system, secret, overlap);
    }

    private static void assertPasses(Scenario scenario, NewSecret secret, @Nullable Instant until) {
        assertThat(row(scenario, secret).status()).isEqualTo(KeyStatus.ACTIVE);
        assertThat(row(scenario, secret).supersededAt()).isEqualTo(until);
    }

    private static void assertReplaced(Scenario scenario, NewSecret secret, Instant since) {
        assertThat(row(scenario, secret).status()).isEqualTo(KeyStatus.REVOKED);
        assertThat(row(scenario, secret).supersededAt()).isEqualTo(since);
    }

    /** Whoever sends it is told so, and not that there is a newer secret. */
    private static void assertRevoked(Scenario scenario, NewSecret secret) {
        assertThat(row(scenario, secret).status()).isEqualTo(KeyStatus.REVOKED);
        assertThat(row(scenario, secret).supersededAt()).isNull();
    }

    private static KeyRow row(Scenario scenario, NewSecret secret) {
        return scenario.row(new RowKey.OfKey(secret.hash()), KeyRow.class).orElseThrow();
    }

    private static KeyRef global(NewSecret secret, int version) {
        return new KeyRef(GLOBAL.keyId(), KeyKind.GLOBAL, secret.hash(), secret.hint(), version, null, null);
    }

    private static KeyRef own(NewSecret secret, int version) {
        var ref = overrideRef(secret, version);
        return new KeyRef(
                OVERRIDE.keyId(), ref.kind(), ref.hash(), ref.hint(), ref.version(), ref.systemId(), ref.ownerId());
    }
}
