package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.ORGANIZATION;
import static io.keyledger.key.ledger.Fixtures.OWNER;
import static io.keyledger.key.ledger.Fixtures.OWNER_ID;
import static io.keyledger.key.ledger.Fixtures.OWNER_TOKEN;
import static io.keyledger.key.ledger.Fixtures.T0;
import static io.keyledger.key.ledger.Fixtures.organization;
import static io.keyledger.key.ledger.Fixtures.ownerTokenRef;
import static io.keyledger.key.ledger.Fixtures.sealedName;
import static io.keyledger.key.ledger.Fixtures.token;
import static io.keyledger.key.ledger.Fixtures.tokenRef;
import static io.keyledger.key.ledger.Fixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.Actor;
import io.keyledger.event.KeyEvent.KeyCreated;
import io.keyledger.event.KeyEvent.KeyPermissionsChanged;
import io.keyledger.event.KeyEvent.KeyReassigned;
import io.keyledger.event.KeyEvent.KeyRevealed;
import io.keyledger.event.KeyEvent.KeyRevoked;
import io.keyledger.event.KeyEvent.UserAdded;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyRef;
import io.keyledger.event.Permission;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.Role;
import io.keyledger.event.UserId;
import io.keyledger.event.UserStatus;
import io.keyledger.key.ledger.Command.RegisterSystem;
import io.keyledger.key.ledger.Command.RevealCollectorKey;
import io.keyledger.key.ledger.LedgerState.OrganizationState;
import io.keyledger.key.ledger.LedgerState.UserState;
import io.keyledger.key.ledger.Rejection.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whose token counts when the command is decided, whatever the edge saw when it let the request in. */
class ActorTokenTest {

    private static final UserId ANNA = new UserId(uuid("anna"));
    private static final NewSecret ANNAS_TOKEN = token("annas-token");
    private static final Actor ANNA_BY_TOKEN = new Actor(Actor.Kind.USER, ANNA, ANNAS_TOKEN.keyId(), null);
    private static final Command REVEAL = new RevealCollectorKey(null);

    @Test
    void aTokenThatWasRevokedMeanwhileActsNoMore() {
        Scenario.given(organization())
                .and(Actor.LEDGER, new KeyRevoked(ownerTokenRef(), RevocationReason.COMPROMISED, null))
                .when(REVEAL)
                .thenRefused(Fact.NOT_PERMITTED, OWNER_TOKEN.keyId(), "revoked");
    }

    @Test
    void aTokenThatBelongsToAnotherByNowActsNoMore() {
        var annas =
                new KeyRef(OWNER_TOKEN.keyId(), KeyKind.USER, OWNER_TOKEN.hash(), OWNER_TOKEN.hint(), 1, null, ANNA);
        anna(Role.ADMINISTRATOR)
                .and(OWNER, new KeyReassigned(annas, OWNER_ID))
                .by(OWNER)
                .when(REVEAL)
                .thenRefused(Fact.NOT_PERMITTED, OWNER_ID, ANNA);
    }

    @Test
    void aCollectorKeyIsNoToken() {
        Scenario.given(organization())
                .by(new Actor(Actor.Kind.USER, OWNER_ID, Fixtures.GLOBAL.keyId(), null))
                .when(REVEAL)
                .thenRefused(Fact.NOT_PERMITTED, "token");
    }

    @Test
    void aTokenCountsUntilItExpires() {
        var scenario = anna(Role.ADMINISTRATOR, T0.plusSeconds(60));
        scenario.after(Duration.ofSeconds(59)).when(new RegisterSystem(Fixtures.BILLING, "Billing"));
        assertThat(scenario.refusal()).isEmpty();
        scenario.after(Duration.ofSeconds(1)).when(REVEAL).thenRefused(Fact.NOT_PERMITTED, "expired");
    }

    @ParameterizedTest
    @EnumSource(value = Permission.class, names = "KEYS_WRITE", mode = EnumSource.Mode.EXCLUDE)
    void aTokenNeedsThePermissionToo(Permission other) {
        anna(Role.ADMINISTRATOR)
                .and(OWNER, new KeyPermissionsChanged(tokenRef(ANNAS_TOKEN, ANNA), EnumSet.of(other)))
                .when(REVEAL)
                .thenRefused(Fact.NOT_PERMITTED, "keys:write");
    }

    @Test
    void aTokenMadeBeforeTheUsersNotBeforeActsNoMore() {
        var scenario = anna(Role.ADMINISTRATOR);
        put(scenario, T0);
        scenario.when(REVEAL).then(new KeyRevealed(Fixtures.globalRef()));
        put(scenario, T0.plusNanos(1000));
        scenario.when(REVEAL).thenRefused(Fact.NOT_PERMITTED, ANNAS_TOKEN.keyId());
    }

    @Test
    void aTokenMadeBeforeTheOrganizationsNotBeforeActsNoMore() {
        var scenario = Scenario.given(organization());
        var before = scenario.state().findOrganization(ORGANIZATION).orElseThrow();
        scenario.state()
                .putOrganization(new OrganizationState(
                        before.id(),
                        before.name(),
                        before.settings(),
                        before.version(),
                        before.ownerId(),
                        before.globalKeyId(),
                        before.ownerTokenId(),
                        before.createdAt(),
                        T0.plusSeconds(1),
                        before.organizationRevision()));
        scenario.when(REVEAL).thenRefused(Fact.NOT_PERMITTED, OWNER_TOKEN.keyId());
    }

    private static void put(Scenario scenario, Instant notBefore) {
        scenario.state().putUser(ORGANIZATION, new UserState(ANNA, Role.ADMINISTRATOR, UserStatus.ACTIVE, notBefore));
    }

    private static Scenario anna(Role role) {
        return anna(role, null);
    }

    private static Scenario anna(Role role, @Nullable Instant expiresAt) {
        return Scenario.given(organization())
                .and(
                        OWNER,
                        new UserAdded(ANNA, role, sealedName(ANNA), null),
                        new KeyCreated(tokenRef(ANNAS_TOKEN, ANNA), "laptop", Set.of(Permission.values()), expiresAt))
                .by(ANNA_BY_TOKEN);
    }
}
