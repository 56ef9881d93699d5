package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.GLOBAL;
import static io.keyledger.key.ledger.Fixtures.OPERATOR;
import static io.keyledger.key.ledger.Fixtures.OWNER;
import static io.keyledger.key.ledger.Fixtures.OWNER_ID;
import static io.keyledger.key.ledger.Fixtures.OWNER_TOKEN;
import static io.keyledger.key.ledger.Fixtures.organization;
import static io.keyledger.key.ledger.Fixtures.ownerTokenRef;
import static io.keyledger.key.ledger.Fixtures.secret;
import static io.keyledger.key.ledger.Fixtures.token;
import static io.keyledger.key.ledger.Fixtures.tokenRef;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.Actor;
import io.keyledger.event.KeyEvent.KeyCreated;
import io.keyledger.event.KeyEvent.KeyRevoked;
import io.keyledger.event.Permission;
import io.keyledger.event.RevocationReason;
import io.keyledger.key.ledger.Command.ProvisionOwnerToken;
import io.keyledger.key.ledger.Command.WithdrawOwnerToken;
import io.keyledger.key.ledger.LedgerState.KeyState;
import io.keyledger.key.ledger.Rejection.Fact;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnerTokenDeciderTest {

    private static final NewSecret SECOND = token("owner-token-2");

    @Test
    void theFirstValueBecomesTheOwnersToken() {
        var scenario = Scenario.given(organization().subList(0, 3))
                .by(Actor.LEDGER)
                .when(new ProvisionOwnerToken(OWNER_TOKEN))
                .then(created(OWNER_TOKEN));
        assertThat(scenario.answer(Answer.OfOrganization.class).ownerToken())
                .extracting(KeyState::id)
                .isEqualTo(OWNER_TOKEN.keyId());
    }

    @Test
    void theSameValueAgainChangesNothing() {
        // Each start of key-service makes a new id for the key that it may need.
        var again = new NewSecret(token("another id").keyId(), OWNER_TOKEN.hash(), OWNER_TOKEN.hint(), null);
        var scenario = Scenario.given(organization())
                .by(Actor.LEDGER)
                .when(new ProvisionOwnerToken(again))
                .then();
        assertThat(scenario.answer(Answer.OfOrganization.class).ownerToken())
                .extracting(KeyState::id)
                .isEqualTo(OWNER_TOKEN.keyId());
    }

    @Test
    void anotherValueIsThereBeforeTheOldOneGoes() {
        var scenario = Scenario.given(organization())
                .by(Actor.LEDGER)
                .when(new ProvisionOwnerToken(SECOND))
                .then(created(SECOND), new KeyRevoked(ownerTokenRef(), RevocationReason.SUPERSEDED, null));
        assertThat(scenario.answer(Answer.OfOrganization.class).ownerToken())
                .extracting(KeyState::id)
                .isEqualTo(SECOND.keyId());
    }

    @Test
    void aTokenThatTheOwnerMadeIsNeverTakenForTheEnvironments() {
        var own = token("made by hand");
        Scenario.given(organization())
                .and(OWNER, new KeyCreated(tokenRef(own, OWNER_ID), "laptop", Set.of(), null))
                .by(Actor.LEDGER)
                .when(new ProvisionOwnerToken(SECOND))
                .then(created(SECOND), new KeyRevoked(ownerTokenRef(), RevocationReason.SUPERSEDED, null));
    }

    @Test
    void oneRevokedByHandStaysRevoked() {
        var scenario = Scenario.given(organization())
                .and(OWNER, new KeyRevoked(ownerTokenRef(), RevocationReason.COMPROMISED, null))
                .by(Actor.LEDGER)
                .when(new ProvisionOwnerToken(OWNER_TOKEN))
                .thenRefused(Fact.SECRET_REVOKED, OWNER_TOKEN.keyId());
        scenario.when(new ProvisionOwnerToken(SECOND)).then(created(SECOND));
    }

    @Test
    void goingBackToAnEarlierValueIsRefusedAndLeavesTheLaterOne() {
        var scenario = Scenario.given(organization())
                .by(Actor.LEDGER)
                .when(new ProvisionOwnerToken(SECOND))
                .when(new ProvisionOwnerToken(OWNER_TOKEN))
                .thenRefused(Fact.SECRET_REVOKED, OWNER_TOKEN.keyId());
        assertThat(scenario.state().findKey(Fixtures.ORGANIZATION, SECOND.keyId()))
                .hasValueSatisfying(key -> assertThat(key.active()).isTrue());
    }

    @Test
    void anotherKeysSecretIsRefused() {
        var taken = new NewSecret(SECOND.keyId(), GLOBAL.hash(), GLOBAL.hint(), null);
        Scenario.given(organization())
                .by(Actor.LEDGER)
                .when(new ProvisionOwnerToken(taken))
                .thenRefused(Fact.SECRET_ALREADY_USED);
    }

    @Test
    void aTokenIsNotKeptInAFormThatCanBeRevealed() {
        Scenario.given(organization())
                .by(Actor.LEDGER)
                .when(new ProvisionOwnerToken(secret("sealed")))
                .thenRefused(Fact.INVALID, "token");
    }

    @Test
    void withdrawingRevokesOnce() {
        Scenario.given(organization())
                .by(OPERATOR)
                .when(new WithdrawOwnerToken())
                .then(new KeyRevoked(ownerTokenRef(), RevocationReason.DECOMMISSIONED, null))
                .when(new WithdrawOwnerToken())
                .then();
    }

    private static KeyCreated created(NewSecret token) {
        return new KeyCreated(
                tokenRef(token, OWNER_ID), OwnerTokenDecider.DESCRIPTION, Set.of(Permission.values()), null);
    }
}
