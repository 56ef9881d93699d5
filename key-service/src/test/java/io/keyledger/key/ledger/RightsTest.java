package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.OPERATOR;
import static io.keyledger.key.ledger.Fixtures.ORGANIZATION;
import static io.keyledger.key.ledger.Fixtures.OWNER;
import static io.keyledger.key.ledger.Fixtures.OWNER_TOKEN;
import static io.keyledger.key.ledger.Fixtures.organization;
import static io.keyledger.key.ledger.Fixtures.sealedName;
import static io.keyledger.key.ledger.Fixtures.secret;
import static io.keyledger.key.ledger.Fixtures.token;
import static io.keyledger.key.ledger.Fixtures.tokenRef;
import static io.keyledger.key.ledger.Fixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.Actor;
import io.keyledger.event.KeyEvent.KeyCreated;
import io.keyledger.event.KeyEvent.KeyRevealed;
import io.keyledger.event.KeyEvent.UserAdded;
import io.keyledger.event.KeyEvent.UserDisabled;
import io.keyledger.event.KeyEvent.UserEnabled;
import io.keyledger.event.KeyEvent.UserRemoved;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Permission;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.Role;
import io.keyledger.event.SystemId;
import io.keyledger.event.UserId;
import io.keyledger.key.ledger.Command.ChangeSettings;
import io.keyledger.key.ledger.Command.ProvisionOwnerToken;
import io.keyledger.key.ledger.Command.RegisterSystem;
import io.keyledger.key.ledger.Command.RevealCollectorKey;
import io.keyledger.key.ledger.Command.WithdrawOwnerToken;
import io.keyledger.key.ledger.Rejection.Fact;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what. */
class RightsTest {

    private static final UserId ANNA = new UserId(uuid("anna"));
    private static final NewSecret ANNAS_TOKEN = token("annas-token");
    private static final Actor ANNA_BY_TOKEN = new Actor(Actor.Kind.USER, ANNA, ANNAS_TOKEN.keyId(), null);
    private static final Command REVEAL = new RevealCollectorKey(null);

    /** Everything that only Owners and Administrators do. */
    static Stream<Command> changes() {
        var system = new SystemId(uuid("system"));
        return Stream.of(
                new ChangeSettings(false, null, null, null),
                new RegisterSystem(system, "System"),
                new Command.RenameSystem(system, "System", null),
                new Command.RemoveSystem(system, null),
                new Command.LinkHosts(system, List.of(), false),
                new Command.ReplaceHosts(system, List.of(), false, null),
                new Command.UnlinkHosts(system, List.of()),
                new Command.LinkEachHost(system, List.of(), false, null),
                new Command.UnlinkOtherHosts(system, null, null, List.of()),
                new Command.CreateOverride(system, secret("new"), null),
                new Command.RemoveOverride(system),
                new Command.RegenerateCollectorKey(null, secret("new"), null),
                new Command.FinishOverlap(system),
                new Command.RevokeCollectorKey(null, RevocationReason.POLICY, null),
                REVEAL);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void managersAndViewersChangeNothing(Command command) {
        for (var role : List.of(Role.MANAGER, Role.VIEWER)) {
            anna(role).when(command).thenRefused(Fact.NOT_PERMITTED, ANNA, role, "Administrator");
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void administratorsAndOwnersMay(Command command) {
        for (var scenario : List.of(anna(Role.ADMINISTRATOR), Scenario.given(organization()))) {
            scenario.when(command);
            // A System that is not there is another answer than one that may not be touched.
            assertThat(scenario.refusal().map(Rejection::fact))
                    .isIn(Optional.empty(), Optional.of(Fact.SYSTEM_NOT_FOUND));
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void neitherOperatorNorKeyledgerItselfChangesWhatIsAnOrganizationsOwn(Command command) {
        for (var actor : List.of(OPERATOR, Actor.LEDGER)) {
            Scenario.given(organization()).by(actor).when(command).thenRefused(Fact.NOT_PERMITTED, actor.kind());
        }
    }

    @Test
    void usersNeitherMakeOrganizationsNorProvision() {
        for (var command : List.of(
                Fixtures.createOrganization(), new ProvisionOwnerToken(token("new")), new WithdrawOwnerToken())) {
            Scenario.given(organization()).when(command).thenRefused(Fact.NOT_PERMITTED, "USER");
        }
    }

    @Test
    void theOperatorDoesNotProvision() {
        Scenario.given(organization())
                .by(OPERATOR)
                .when(new ProvisionOwnerToken(token("new")))
                .thenRefused(Fact.NOT_PERMITTED, "OPERATOR");
    }

    @Test
    void anOrganizationThatIsNotThereIsNamed() {
        var other = new OrganizationId(uuid("other"));
        Scenario.given(organization()).in(other).when(REVEAL).thenRefused(Fact.ORGANIZATION_NOT_FOUND, other);
        Scenario.given(organization())
                .in(other)
                .by(Actor.LEDGER)
                .when(new ProvisionOwnerToken(token("new")))
                .thenRefused(Fact.ORGANIZATION_NOT_FOUND, other);
    }

    @Test
    void aUserOfAnotherOrganizationIsNone() {
        Scenario.given(organization())
                .by(ANNA_BY_TOKEN)
                .when(REVEAL)
                .thenRefused(Fact.NOT_PERMITTED, ANNA, ORGANIZATION);
    }

    @Test
    void aUserWithoutAnIdIsNone() {
        Scenario.given(organization())
                .by(new Actor(Actor.Kind.USER, null, OWNER_TOKEN.keyId(), null))
                .when(REVEAL)
                .thenRefused(Fact.NOT_PERMITTED);
    }

    @Test
    void aDisabledUserMayAgainWhenEnabled() {
        anna(Role.ADMINISTRATOR)
                .and(OWNER, new UserDisabled(ANNA))
                .when(REVEAL)
                .thenRefused(Fact.NOT_PERMITTED, "DISABLED")
                .and(OWNER, new UserEnabled(ANNA))
                .when(REVEAL)
                .then(new KeyRevealed(Fixtures.globalRef()));
    }

    @Test
    void aRemovedUserMayNothing() {
        anna(Role.ADMINISTRATOR)
                .and(OWNER, new UserRemoved(ANNA))
                .when(REVEAL)
                .thenRefused(Fact.NOT_PERMITTED, "REMOVED");
    }

    private static Scenario anna(Role role) {
        return Scenario.given(organization())
                .and(
                        OWNER,
                        new UserAdded(ANNA, role, sealedName(ANNA), null),
                        new KeyCreated(tokenRef(ANNAS_TOKEN, ANNA), "laptop", Set.of(Permission.values()), null))
                .by(ANNA_BY_TOKEN);
    }
}
