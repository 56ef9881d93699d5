package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.GLOBAL;
import static io.keyledger.key.ledger.Fixtures.OPERATOR;
import static io.keyledger.key.ledger.Fixtures.ORGANIZATION;
import static io.keyledger.key.ledger.Fixtures.OWNER_ID;
import static io.keyledger.key.ledger.Fixtures.OWNER_TOKEN;
import static io.keyledger.key.ledger.Fixtures.createOrganization;
import static io.keyledger.key.ledger.Fixtures.dataKey;
import static io.keyledger.key.ledger.Fixtures.organization;
import static io.keyledger.key.ledger.Fixtures.sealedName;
import static io.keyledger.key.ledger.Fixtures.secret;
import static io.keyledger.key.ledger.Fixtures.token;
import static io.keyledger.key.ledger.Fixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.Actor;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SealedValue;
import io.keyledger.event.UserId;
import io.keyledger.key.ledger.Command.CreateOrganization;
import io.keyledger.key.ledger.Rejection.Fact;
import io.keyledger.table.SourceRow.DataKeyRow;
import io.keyledger.table.SourceRow.SealedSecretRow;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrganizationDeciderTest {

    @Test
    void anOrganizationStartsWithItsOwnerAGlobalKeyAndTheOwnersToken() {
        var scenario = Scenario.given().by(OPERATOR).when(createOrganization());

        scenario.then(organization().toArray(KeyEvent[]::new));
        var answer = scenario.answer(Answer.OfOrganization.class);
        assertThat(answer.organization().ownerId()).isEqualTo(OWNER_ID);
        assertThat(answer.organization().globalKeyId()).isEqualTo(GLOBAL.keyId());
        assertThat(answer.organization().organizationRevision()).isEqualTo(4);
        assertThat(answer.organization().settings().agentsActive()).isTrue();
        assertThat(answer.ownerToken())
                .isNotNull()
                .extracting(LedgerState.KeyState::id)
                .isEqualTo(OWNER_TOKEN.keyId());
    }

    @Test
    void anOrganizationNeedsNoToken() {
        var scenario = Scenario.given().by(Actor.LEDGER).when(create("Acme", null, GLOBAL));

        scenario.then(organization().subList(0, 3).toArray(KeyEvent[]::new));
        assertThat(scenario.answer(Answer.OfOrganization.class).ownerToken()).isNull();
    }

    @Test
    void whatNoEventHoldsIsWrittenWithTheEventsThatItBelongsTo() {
        var scenario = Scenario.given().by(OPERATOR).when(createOrganization());

        assertThat(scenario.sources())
                .containsExactly(
                        new SourceChange.Put(new DataKeyRow(
                                ORGANIZATION.value(),
                                ORGANIZATION,
                                dataKey("organization").wrapped(),
                                1)),
                        new SourceChange.Put(new DataKeyRow(
                                OWNER_ID.value(), ORGANIZATION, dataKey("owner").wrapped(), 2)),
                        new SourceChange.Put(new SealedSecretRow(
                                GLOBAL.keyId(),
                                ORGANIZATION,
                                1,
                                Objects.requireNonNull(GLOBAL.sealed()).ciphertext(),
                                3)));
    }

    @Test
    void anOrganizationIsMadeOnce() {
        Scenario.given(organization())
                .by(OPERATOR)
                .when(createOrganization())
                .thenRefused(Fact.ORGANIZATION_ALREADY_EXISTS, ORGANIZATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\nb", "a\u0000"})
    void anOrganizationNeedsAName(String name) {
        Scenario.given().by(OPERATOR).when(create(name, null, GLOBAL)).thenRefused(Fact.INVALID, "organization");
    }

    @Test
    void aGlobalKeyThatNobodyCouldRevealIsRefused() {
        Scenario.given()
                .by(OPERATOR)
                .when(create("Acme", null, token("global")))
                .thenRefused(Fact.INVALID, "sealed");
    }

    @Test
    void aTokenThatSomebodyCouldRevealIsRefused() {
        Scenario.given()
                .by(OPERATOR)
                .when(create("Acme", secret("owner-token"), GLOBAL))
                .thenRefused(Fact.INVALID, "token");
    }

    @Test
    void aSecretOfAnotherOrganizationIsRefused() {
        // The rows of both would have one key, and the later would write over the earlier.
        var other = new OrganizationId(uuid("other"));
        var keys = List.of(dataKey("other"), dataKey("owner"));
        Scenario.given(organization())
                .by(OPERATOR)
                .in(other)
                .when(new CreateOrganization(
                        "Other", OWNER_ID, sealedName(OWNER_ID), OWNER_TOKEN, secret("global-2"), keys))
                .thenRefused(Fact.SECRET_ALREADY_USED)
                .when(new CreateOrganization("Other", OWNER_ID, sealedName(OWNER_ID), null, GLOBAL, keys))
                .thenRefused(Fact.SECRET_ALREADY_USED);
    }

    @Test
    void oneSecretIsNotTwoKeys() {
        var token = new NewSecret(token("another").keyId(), GLOBAL.hash(), GLOBAL.hint(), null);
        Scenario.given().by(OPERATOR).when(create("Acme", token, GLOBAL)).thenRefused(Fact.SECRET_ALREADY_USED);
    }

    @Test
    void dataKeysAreTheOrganizationsAndItsOwners() {
        for (var keys : List.of(
                List.<WrappedDataKey>of(),
                List.of(dataKey("owner")),
                List.of(dataKey("organization"), dataKey("owner"), dataKey("another")),
                List.of(dataKey("organization"), dataKey("another")),
                List.of(dataKey("organization"), dataKey("owner"), dataKey("owner")))) {
            Scenario.given()
                    .by(OPERATOR)
                    .when(new CreateOrganization("Acme", OWNER_ID, sealedName(OWNER_ID), null, GLOBAL, keys))
                    .thenRefused(Fact.INVALID, OWNER_ID);
        }
    }

    @Test
    void theOwnersNameIsSealedUnderTheOwnersDataKey() {
        SealedValue name = sealedName(new UserId(uuid("another")));
        Scenario.given()
                .by(OPERATOR)
                .when(new CreateOrganization(
                        "Acme", OWNER_ID, name, null, GLOBAL, List.of(dataKey("organization"), dataKey("owner"))))
                .thenRefused(Fact.INVALID, OWNER_ID, name.subject());
    }

    private static CreateOrganization create(String name, @Nullable NewSecret token, NewSecret global) {
        return new CreateOrganization(
                name,
                OWNER_ID,
                sealedName(OWNER_ID),
                token,
                global,
                List.of(dataKey("organization"), dataKey("owner")));
    }
}
