package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.GLOBAL;
import static io.keyledger.key.ledger.Fixtures.ORGANIZATION;
import static io.keyledger.key.ledger.Fixtures.OWNER;
import static io.keyledger.key.ledger.Fixtures.OWNER_ID;
import static io.keyledger.key.ledger.Fixtures.OWNER_TOKEN;
import static io.keyledger.key.ledger.Fixtures.T0;
import static io.keyledger.key.ledger.Fixtures.globalRef;
import static io.keyledger.key.ledger.Fixtures.organization;
import static io.keyledger.key.ledger.Fixtures.ownerTokenRef;
import static io.keyledger.key.ledger.Fixtures.sealedName;
import static io.keyledger.key.ledger.Fixtures.secret;
import static io.keyledger.key.ledger.Fixtures.token;
import static io.keyledger.key.ledger.Fixtures.tokenRef;
import static io.keyledger.key.ledger.Fixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyEvent.KeyCreated;
import io.keyledger.event.KeyEvent.KeyDeleted;
import io.keyledger.event.KeyEvent.KeyExpired;
import io.keyledger.event.KeyEvent.KeyPermissionsChanged;
import io.keyledger.event.KeyEvent.KeyReassigned;
import io.keyledger.event.KeyEvent.KeyRegenerated;
import io.keyledger.event.KeyEvent.KeyRevoked;
import io.keyledger.event.KeyEvent.PersonErased;
import io.keyledger.event.KeyEvent.RevokedKeyUsed;
import io.keyledger.event.KeyEvent.UserAdded;
import io.keyledger.event.KeyEvent.UserDetailsChanged;
import io.keyledger.event.KeyEvent.UserDisabled;
import io.keyledger.event.KeyEvent.UserEnabled;
import io.keyledger.event.KeyEvent.UserRemoved;
import io.keyledger.event.KeyEvent.UserRoleChanged;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyRef;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.Permission;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.Role;
import io.keyledger.event.UserId;
import io.keyledger.event.UserStatus;
import io.keyledger.table.Row.KeyRow;
import io.keyledger.table.Row.OrganizationRow;
import io.keyledger.table.Row.UserRow;
import io.keyledger.table.RowKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProjectionTest {

    private static final UserId ANNA = new UserId(uuid("anna"));
    private static final NewSecret SECOND = secret("second");
    private static final KeyRef SECOND_REF =
            new KeyRef(GLOBAL.keyId(), KeyKind.GLOBAL, SECOND.hash(), SECOND.hint(), 2, null, null);

    @Test
    void aNewOrganizationIsFourRows() {
        assertThat(Scenario.given(organization()).rows().values())
                .containsExactlyInAnyOrder(
                        new OrganizationRow(ORGANIZATION, OrganizationSettings.DEFAULT, null, 1),
                        new UserRow(OWNER_ID, ORGANIZATION, Role.OWNER, UserStatus.ACTIVE, null, 2),
                        new KeyRow(
                                GLOBAL.hash(),
                                ORGANIZATION,
                                GLOBAL.keyId(),
                                KeyKind.GLOBAL,
                                KeyStatus.ACTIVE,
                                null,
                                null,
                                Set.of(),
                                T0,
                                null,
                                null,
                                3),
                        new KeyRow(
                                OWNER_TOKEN.hash(),
                                ORGANIZATION,
                                OWNER_TOKEN.keyId(),
                                KeyKind.USER,
                                KeyStatus.ACTIVE,
                                null,
                                OWNER_ID,
                                Set.of(Permission.values()),
                                T0,
                                null,
                                null,
                                4));
    }

    @Test
    void inAnOverlapBothSecretsCountAndTheOldOneSaysUntilWhen() {
        var scenario = Scenario.given(organization())
                .after(Duration.ofMinutes(1))
                .and(OWNER, new KeyRegenerated(SECOND_REF, GLOBAL.hash(), T0.plusSeconds(3600)));

        assertThat(scenario.keyRow(GLOBAL.hash()).status()).isEqualTo(KeyStatus.ACTIVE);
        assertThat(scenario.keyRow(GLOBAL.hash()).supersededAt()).isEqualTo(T0.plusSeconds(3600));
        assertThat(scenario.keyRow(GLOBAL.hash()).createdAt()).isEqualTo(T0);
        assertThat(scenario.keyRow(SECOND.hash()).status()).isEqualTo(KeyStatus.ACTIVE);
        assertThat(scenario.keyRow(SECOND.hash()).supersededAt()).isNull();
        assertThat(scenario.keyRow(SECOND.hash()).createdAt()).isEqualTo(T0.plusSeconds(60));
    }

    @Test
    void aRevocationInAnOverlapRevokesBothSecrets() {
        for (var end : List.<KeyEvent>of(
                new KeyRevoked(SECOND_REF, RevocationReason.COMPROMISED, null), new KeyDeleted(SECOND_REF))) {
            var scenario = Scenario.given(organization())
                    .and(OWNER, new KeyRegenerated(SECOND_REF, GLOBAL.hash(), T0.plusSeconds(3600)), end);
            assertThat(scenario.keyRow(GLOBAL.hash()).status()).isEqualTo(KeyStatus.REVOKED);
            assertThat(scenario.keyRow(SECOND.hash()).status()).isEqualTo(KeyStatus.REVOKED);
        }
    }

    @Test
    void aRevocationIsAValueWhateverComesAfterIt() {
        var scenario = Scenario.given(organization())
                .and(
                        OWNER,
                        new UserAdded(ANNA, Role.ADMINISTRATOR, sealedName(ANNA), null),
                        new KeyRevoked(ownerTokenRef(), RevocationReason.COMPROMISED, null),
                        new KeyPermissionsChanged(ownerTokenRef(), Set.of(Permission.METRICS_WRITE)),
                        new KeyReassigned(tokenRef(OWNER_TOKEN, ANNA), OWNER_ID),
                        new KeyDeleted(tokenRef(OWNER_TOKEN, ANNA)));
        assertThat(scenario.keyRow(OWNER_TOKEN.hash()))
                .isEqualTo(new KeyRow(
                        OWNER_TOKEN.hash(),
                        ORGANIZATION,
                        OWNER_TOKEN.keyId(),
                        KeyKind.USER,
                        KeyStatus.REVOKED,
                        null,
                        ANNA,
                        Set.of(Permission.METRICS_WRITE),
                        T0,
                        null,
                        null,
                        9));
    }

    @Test
    void aTokensRowFollowsItsOwnerAndPermissions() {
        var token = token("laptop");
        var scenario = Scenario.given(organization())
                .and(
                        OWNER,
                        new UserAdded(ANNA, Role.ADMINISTRATOR, sealedName(ANNA), null),
                        new KeyCreated(
                                tokenRef(token, OWNER_ID), "laptop", Set.of(Permission.KEYS_READ), T0.plusSeconds(60)),
                        new KeyPermissionsChanged(tokenRef(token, OWNER_ID), Set.of(Permission.QUERY_READ)),
                        new KeyReassigned(tokenRef(token, ANNA), OWNER_ID));
        var row = scenario.keyRow(token.hash());
        assertThat(row.ownerId()).isEqualTo(ANNA);
        assertThat(row.permissions()).containsExactly(Permission.QUERY_READ);
        assertThat(row.expiresAt()).isEqualTo(T0.plusSeconds(60));
        assertThat(row.status()).isEqualTo(KeyStatus.ACTIVE);
    }

    @Test
    void aUsersRowFollowsEachChange() {
        var scenario =
                Scenario.given(organization()).and(OWNER, new UserAdded(ANNA, Role.MANAGER, sealedName(ANNA), null));
        assertThat(user(scenario)).isEqualTo(new UserRow(ANNA, ORGANIZATION, Role.MANAGER, UserStatus.ACTIVE, null, 5));
        scenario.and(OWNER, new UserRoleChanged(ANNA, Role.VIEWER, Role.MANAGER));
        assertThat(user(scenario)).isEqualTo(new UserRow(ANNA, ORGANIZATION, Role.VIEWER, UserStatus.ACTIVE, null, 6));
        scenario.and(OWNER, new UserDisabled(ANNA));
        assertThat(user(scenario).status()).isEqualTo(UserStatus.DISABLED);
        scenario.and(OWNER, new UserEnabled(ANNA));
        assertThat(user(scenario).status()).isEqualTo(UserStatus.ACTIVE);
        // A value, not a tombstone: the tokens' events follow in chunks, and must not count in between.
        scenario.and(OWNER, new UserRemoved(ANNA));
        assertThat(user(scenario)).isEqualTo(new UserRow(ANNA, ORGANIZATION, Role.VIEWER, UserStatus.REMOVED, null, 9));
    }

    @Test
    void someEventsChangeNoRow() {
        var scenario = Scenario.given(organization());
        var before = List.copyOf(scenario.rows().values());
        scenario.and(
                OWNER,
                new UserDetailsChanged(OWNER_ID, sealedName(OWNER_ID), null),
                new KeyExpired(globalRef(), T0),
                new RevokedKeyUsed(globalRef(), null, null, 3, T0, T0),
                new PersonErased(OWNER_ID));
        assertThat(scenario.rows().values()).containsExactlyElementsOf(before);
    }

    private static UserRow user(Scenario scenario) {
        return scenario.row(new RowKey.OfUser(ANNA), UserRow.class).orElseThrow();
    }
}
