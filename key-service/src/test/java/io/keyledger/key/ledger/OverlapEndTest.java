package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.BILLING;
import static io.keyledger.key.ledger.Fixtures.GLOBAL;
import static io.keyledger.key.ledger.Fixtures.OVERRIDE;
import static io.keyledger.key.ledger.Fixtures.SHIPPING;
import static io.keyledger.key.ledger.Fixtures.T0;
import static io.keyledger.key.ledger.Fixtures.organization;
import static io.keyledger.key.ledger.Fixtures.override;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.KeyEvent.KeyOverlapFinished;
import io.keyledger.event.KeyEvent.KeyRegenerated;
import io.keyledger.event.KeyEvent.KeyRevoked;
import io.keyledger.event.KeyEvent.SystemChanged;
import io.keyledger.event.KeyEvent.SystemRemoved;
import io.keyledger.event.RevocationReason;
import io.keyledger.key.ledger.Command.FinishOverlap;
import io.keyledger.key.ledger.Command.RemoveOverride;
import io.keyledger.key.ledger.Command.RemoveSystem;
import io.keyledger.key.ledger.Command.RevokeCollectorKey;
import io.keyledger.key.ledger.Rejection.Fact;
import org.junit.jupiter.api.Test;

/** What ends an overlap, and what the old secret is then. */
class OverlapEndTest extends OverlapHarness {

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
}
