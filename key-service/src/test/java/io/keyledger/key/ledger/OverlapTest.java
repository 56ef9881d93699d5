package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.BILLING;
import static io.keyledger.key.ledger.Fixtures.GLOBAL;
import static io.keyledger.key.ledger.Fixtures.OVERRIDE;
import static io.keyledger.key.ledger.Fixtures.T0;
import static io.keyledger.key.ledger.Fixtures.organization;
import static io.keyledger.key.ledger.Fixtures.override;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.KeyEvent.KeyCreated;
import io.keyledger.event.KeyEvent.KeyOverlapFinished;
import io.keyledger.event.KeyEvent.KeyRegenerated;
import io.keyledger.event.KeyEvent.KeyRevealed;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyRef;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.RevocationReason;
import io.keyledger.key.ledger.Command.FinishOverlap;
import io.keyledger.key.ledger.Command.RevealCollectorKey;
import io.keyledger.key.ledger.Command.RevokeCollectorKey;
import io.keyledger.key.ledger.Rejection.Fact;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While an overlap runs, the old secret and the new one both pass. */
class OverlapTest extends OverlapHarness {

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
        assertThat(scenario.keyRow(GLOBAL.hash()).status()).isEqualTo(KeyStatus.REVOKED);
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
}
