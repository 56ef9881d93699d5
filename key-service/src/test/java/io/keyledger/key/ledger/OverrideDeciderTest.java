package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.BILLING;
import static io.keyledger.key.ledger.Fixtures.GLOBAL;
import static io.keyledger.key.ledger.Fixtures.ORGANIZATION;
import static io.keyledger.key.ledger.Fixtures.OVERRIDE;
import static io.keyledger.key.ledger.Fixtures.SHIPPING;
import static io.keyledger.key.ledger.Fixtures.T0;
import static io.keyledger.key.ledger.Fixtures.override;
import static io.keyledger.key.ledger.Fixtures.overrideRef;
import static io.keyledger.key.ledger.Fixtures.secret;
import static io.keyledger.key.ledger.Fixtures.systems;
import static io.keyledger.key.ledger.Fixtures.token;
import static io.keyledger.key.ledger.Fixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.KeyEvent.KeyCreated;
import io.keyledger.event.KeyEvent.KeyRevoked;
import io.keyledger.event.KeyEvent.SystemChanged;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.Command.CreateOverride;
import io.keyledger.key.ledger.Command.RemoveOverride;
import io.keyledger.key.ledger.Command.RevokeCollectorKey;
import io.keyledger.key.ledger.Rejection.Fact;
import io.keyledger.table.Row.SystemRow;
import io.keyledger.table.RowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OverrideDeciderTest {

    private static final NewSecret SECOND = secret("override-2");

    @Test
    void anOverrideIsRequiredAtOnce() {
        var scenario = Scenario.given(systems())
                .after(Duration.ofMinutes(1))
                .when(new CreateOverride(BILLING, OVERRIDE, null))
                .then(created(OVERRIDE), new SystemChanged(BILLING, "Billing", T0.plusSeconds(60)));

        var answer = scenario.answer(Answer.OfKey.class);
        assertThat(answer.key().id()).isEqualTo(OVERRIDE.keyId());
        assertThat(answer.system())
                .extracting(LedgerState.SystemState::overrideKeyId)
                .isEqualTo(OVERRIDE.keyId());
        assertThat(answer.sealed()).isNull();
        assertThat(scenario.row(new RowKey.OfSystem(BILLING), SystemRow.class))
                .map(SystemRow::overrideRequiredFrom)
                .as("in force whatever a Collector's clock says")
                .contains(Instant.EPOCH);
    }

    @Test
    void anOverrideIsRequiredAfterItsGracePeriod() {
        var scenario = Scenario.given(systems())
                .when(new CreateOverride(BILLING, OVERRIDE, Duration.ofHours(1)))
                .then(created(OVERRIDE), new SystemChanged(BILLING, "Billing", T0.plusSeconds(3600)));
        assertThat(scenario.row(new RowKey.OfSystem(BILLING), SystemRow.class))
                .map(SystemRow::overrideRequiredFrom)
                .contains(T0.plusSeconds(3600));
    }

    @Test
    void noGracePeriodIsNone() {
        Scenario.given(systems())
                .when(new CreateOverride(BILLING, OVERRIDE, Duration.ZERO))
                .then(created(OVERRIDE), new SystemChanged(BILLING, "Billing", T0));
    }

    @Test
    void aGracePeriodHasBounds() {
        for (var grace :
                new Duration[] {Duration.ofNanos(-1), Limits.GRACE.plusNanos(1), Duration.ofSeconds(Long.MAX_VALUE)}) {
            Scenario.given(systems())
                    .when(new CreateOverride(BILLING, OVERRIDE, grace))
                    .thenRefused(Fact.INVALID, grace);
        }
        Scenario.given(systems())
                .when(new CreateOverride(BILLING, OVERRIDE, Limits.GRACE))
                .then(created(OVERRIDE), new SystemChanged(BILLING, "Billing", T0.plus(Limits.GRACE)));
    }

    @Test
    void aSystemHasAtMostOneActiveOverride() {
        Scenario.given(override())
                .when(new CreateOverride(BILLING, SECOND, null))
                .thenRefused(Fact.OVERRIDE_ALREADY_ACTIVE, "Billing", BILLING, OVERRIDE.keyId());
    }

    @Test
    void afterARevokeAnOverrideCanBeMadeAndTheRequirementStays() {
        Scenario.given(override())
                .after(Duration.ofMinutes(1))
                .when(revoke())
                .then(new KeyRevoked(overrideRef(OVERRIDE, 1), RevocationReason.COMPROMISED, null))
                .after(Duration.ofMinutes(1))
                .when(new CreateOverride(BILLING, SECOND, null))
                .then(created(SECOND));
    }

    @Test
    void afterARevokeAGracePeriodIsGivenToWhoAsksForOne() {
        Scenario.given(override())
                .when(revoke())
                .when(new CreateOverride(BILLING, SECOND, Duration.ofMinutes(1)))
                .then(created(SECOND), new SystemChanged(BILLING, "Billing", T0.plusSeconds(60)));
    }

    @Test
    void aSecretIsOneKeysForEver() {
        var used = new NewSecret(SECOND.keyId(), GLOBAL.hash(), GLOBAL.hint(), GLOBAL.sealed());
        Scenario.given(systems()).when(new CreateOverride(BILLING, used, null)).thenRefused(Fact.SECRET_ALREADY_USED);
        Scenario.given(override())
                .when(new RemoveOverride(BILLING))
                .when(new CreateOverride(BILLING, OVERRIDE, null))
                .thenRefused(Fact.SECRET_ALREADY_USED);
    }

    @Test
    void anIdIsOneKeysForEver() {
        var used = new NewSecret(GLOBAL.keyId(), SECOND.hash(), SECOND.hint(), SECOND.sealed());
        Scenario.given(systems())
                .when(new CreateOverride(BILLING, used, null))
                .thenRefused(Fact.INVALID, GLOBAL.keyId());
    }

    @Test
    void anOverrideThatNobodyCouldRevealIsRefused() {
        Scenario.given(systems())
                .when(new CreateOverride(BILLING, token("bare"), null))
                .thenRefused(Fact.INVALID, "sealed");
    }

    @Test
    void removingRevokesAndEndsTheRequirement() {
        var scenario = Scenario.given(override())
                .when(new RemoveOverride(BILLING))
                .then(
                        new KeyRevoked(overrideRef(OVERRIDE, 1), RevocationReason.DECOMMISSIONED, null),
                        new SystemChanged(BILLING, "Billing", null));

        assertThat(scenario.row(new RowKey.OfSystem(BILLING), SystemRow.class))
                .contains(new SystemRow(BILLING, ORGANIZATION, null, 10));
        assertThat(scenario.answer(Answer.OfSystem.class).system().overrideKeyId())
                .isNull();
    }

    @Test
    void removingAfterARevokeOnlyEndsTheRequirement() {
        Scenario.given(override())
                .when(revoke())
                .when(new RemoveOverride(BILLING))
                .then(new SystemChanged(BILLING, "Billing", null))
                .when(new RemoveOverride(BILLING))
                .thenRefused(Fact.KEY_NOT_FOUND, "Billing", BILLING);
    }

    @Test
    void aSystemWithoutAnOverrideHasNoneToRemove() {
        Scenario.given(override())
                .when(new RemoveOverride(SHIPPING))
                .thenRefused(Fact.KEY_NOT_FOUND, "Shipping", SHIPPING);
    }

    @Test
    void aSystemThatIsNotThereIsNamed() {
        var nowhere = new SystemId(uuid("nowhere"));
        Scenario.given(systems())
                .when(new CreateOverride(nowhere, OVERRIDE, null))
                .thenRefused(Fact.SYSTEM_NOT_FOUND, nowhere)
                .when(new RemoveOverride(nowhere))
                .thenRefused(Fact.SYSTEM_NOT_FOUND, nowhere);
    }

    private static RevokeCollectorKey revoke() {
        return new RevokeCollectorKey(BILLING, RevocationReason.COMPROMISED, null);
    }

    private static KeyCreated created(NewSecret secret) {
        return new KeyCreated(overrideRef(secret, 1), null, Set.of(), null);
    }
}
