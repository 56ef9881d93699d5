package io.keyledger.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.Permission;
import io.keyledger.event.Role;
import io.keyledger.event.Topics;
import io.keyledger.event.UserStatus;
import io.keyledger.table.KeyCheck.Refusal;
import io.keyledger.table.KeyCheck.Refused;
import io.keyledger.table.KeyCheck.Unready;
import io.keyledger.table.KeyCheck.Valid;
import io.keyledger.table.Row.KeyRow;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tables say of a presented key. */
class KeyCheckTest {

    private static final String UUID_SECRET = "0197f0c2-7d7e-7cc3-98c4-dc0c0c07398f";
    private static final String TOKEN = "tc-apiv1_" + checksummed();
    private static final Instant NOW = Rows.MADE.plusSeconds(60);

    private final WritableLedgerTables tables = new InMemoryLedgerTables();
    private final KeyCheck check = new KeyCheck(tables);

    @BeforeEach
    void anOrganizationAndItsOwner() {
        tables.put(0, Rows.organization(null));
        tables.put(0, Rows.user(Role.OWNER, UserStatus.ACTIVE, null));
    }

    @Test
    void aCollectorKeyPushesAndNothingElse() {
        for (var key : Set.of(Rows.globalKey(UUID_SECRET), Rows.systemKey(UUID_SECRET))) {
            tables.put(0, key);
            var valid = (Valid) check.check(UUID_SECRET, NOW);
            assertThat(valid.key()).isEqualTo(key);
            assertThat(valid.organization()).isEqualTo(Rows.organization(null));
            assertThat(valid.permissions())
                    .containsExactlyInAnyOrder(
                            Permission.METRICS_WRITE,
                            Permission.LOGS_WRITE,
                            Permission.TRACES_WRITE,
                            Permission.HEARTBEATS_WRITE,
                            Permission.AGENTS_REGISTER);
            assertThat(valid.may(Permission.KEYS_READ)).isFalse();
        }
    }

    @Test
    void anApiKeyHasItsPermissions() {
        tables.put(0, Rows.apiKey(TOKEN, Permission.QUERY_READ));
        assertThat(((Valid) check.check(TOKEN, NOW)).permissions()).containsExactly(Permission.QUERY_READ);
    }

    @Test
    void aTokenIsClampedToItsOwnersRoleAndGetsItsPermissionsBackWithTheRole() {
        tables.put(0, Rows.token(TOKEN, Permission.AUDIT_READ, Permission.METRICS_WRITE, Permission.QUERY_READ));
        tables.put(0, Rows.user(Role.MANAGER, UserStatus.ACTIVE, null));
        assertThat(((Valid) check.check(TOKEN, NOW)).permissions())
                .containsExactlyInAnyOrder(Permission.METRICS_WRITE, Permission.QUERY_READ);
        tables.put(0, Rows.user(Role.VIEWER, UserStatus.ACTIVE, null));
        assertThat(((Valid) check.check(TOKEN, NOW)).permissions()).containsExactly(Permission.QUERY_READ);
        tables.put(0, Rows.user(Role.OWNER, UserStatus.ACTIVE, null));
        assertThat(((Valid) check.check(TOKEN, NOW)).permissions()).hasSize(3);
    }

    @Test
    void aMissIsWordedByTheFormat() {
        assertRefused(UUID_SECRET, Refusal.UNKNOWN_KEY, true);
        assertRefused(TOKEN, Refusal.UNKNOWN_KEY, true);
        assertRefused("org-apiv1_" + checksummed(), Refusal.UNKNOWN_KEY, true);
        // Any 64 digits may have been imported a moment ago, so that only a proof allows the refusal.
        assertRefused("tc-apiv1_" + "0123456789abcdef".repeat(4), Refusal.MALFORMED_KEY, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tc-apiv1_",
                "tc-apiv1_0123",
                "secret",
                "0197f0c2-7d7e-7cc3-98c4-dc0c0c07398",
                "0197f0c2x7d7e-7cc3-98c4-dc0c0c07398f",
                "0197f0c2-7d7e-7cc3-98c4-dc0c0c07398g",
                "TC-APIV1_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "org-apiv1_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg"
            })
    void whatIsNoKeyIsRefusedAtOnce(String presented) {
        assertRefused(presented, Refusal.MALFORMED_KEY, false);
    }

    @Test
    void theExactTextCounts() {
        tables.put(0, Rows.globalKey(UUID_SECRET));
        assertRefused(UUID_SECRET.toUpperCase(Locale.ROOT), Refusal.UNKNOWN_KEY, true);
    }

    @Test
    void aKeyOfNoFormatOfOursIsFoundAllTheSame() {
        tables.put(0, Rows.globalKey("imported long ago"));
        assertThat(check.check("imported long ago", NOW)).isInstanceOf(Valid.class);
    }

    @Test
    void aRevokedKeyIsRefusedAtOnceWhateverElseIsKnown() {
        tables.put(0, Rows.revoked(Rows.token(TOKEN)));
        tables.remove(0, new RowKey.OfOrganization(Rows.ORGANIZATION));
        tables.markUnreadable(0, new RowKey.OfUser(Rows.USER));
        assertRefused(TOKEN, Refusal.REVOKED_KEY, false);
    }

    @Test
    void theHolderOfASupersededSecretIsToldWhen() {
        var overlapping = Rows.limited(Rows.globalKey(UUID_SECRET), null, NOW);
        for (var over : List.of(overlapping, Rows.revoked(overlapping))) {
            tables.put(0, over);
            assertRefused(UUID_SECRET, Refusal.SUPERSEDED_KEY, false);
            assertThat(((Refused) check.check(UUID_SECRET, NOW)).message()).contains("newer secret", NOW.toString());
        }
    }

    @Test
    void theOwnersStatusIsTheTokens() {
        tables.put(0, Rows.token(TOKEN));
        tables.put(0, Rows.user(Role.OWNER, UserStatus.DISABLED, null));
        assertRefused(TOKEN, Refusal.SUSPENDED_KEY, true);
        tables.put(0, Rows.user(Role.OWNER, UserStatus.REMOVED, null));
        assertRefused(TOKEN, Refusal.REVOKED_KEY, false);
    }

    @Test
    void aMissingRowIsNotANo() {
        tables.put(0, Rows.token(TOKEN));
        tables.remove(0, new RowKey.OfUser(Rows.USER));
        assertThat(check.check(TOKEN, NOW)).isEqualTo(new Unready(Rows.ORGANIZATION));
        tables.put(0, Rows.user(Role.OWNER, UserStatus.ACTIVE, null));
        tables.remove(0, new RowKey.OfOrganization(Rows.ORGANIZATION));
        assertThat(check.check(TOKEN, NOW)).isEqualTo(new Unready(Rows.ORGANIZATION));
    }

    @Test
    void anUnreadableRowIsNotANo() {
        var token = Rows.token(TOKEN);
        tables.put(0, token);
        tables.markUnreadable(0, new RowKey.OfUser(Rows.USER));
        assertThat(check.check(TOKEN, NOW)).isEqualTo(new Unready(null));
        tables.put(0, Rows.user(Role.OWNER, UserStatus.ACTIVE, null));
        tables.markUnreadable(0, new RowKey.OfOrganization(Rows.ORGANIZATION));
        assertThat(check.check(TOKEN, NOW)).isEqualTo(new Unready(null));
        tables.markUnreadable(0, RowKey.of(token));
        assertThat(check.check(TOKEN, NOW)).isEqualTo(new Unready(null));
        tables.beginLoading(Topics.KEY_STATE);
        assertThat(check.check("nothing at all", NOW)).isEqualTo(new Unready(null));
    }

    @Test
    void aTokenOfAnotherOrganizationsUserIsNothing() {
        var foreign = Rows.key(
                TOKEN,
                KeyKind.USER,
                Rows.OTHER_ORGANIZATION,
                null,
                Rows.USER,
                Set.of(Permission.KEYS_WRITE),
                KeyStatus.ACTIVE,
                Rows.MADE,
                null,
                null);
        tables.put(0, foreign);
        tables.put(0, new Row.OrganizationRow(Rows.OTHER_ORGANIZATION, OrganizationSettings.DEFAULT, null, 1));
        assertThat(check.check(TOKEN, NOW)).isEqualTo(new Unready(null));
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void messagesAreOneSentence(Refusal refusal) {
        assertThat(refusal.message()).endsWith(".").hasSizeLessThan(100);
    }

    @Test
    void noResultPrintsTheSecret() {
        KeyRow row = Rows.globalKey(UUID_SECRET);
        assertThat(check.check(UUID_SECRET, NOW).toString()).doesNotContain(UUID_SECRET);
        tables.put(0, row);
        assertThat(check.check(UUID_SECRET, NOW).toString()).doesNotContain(UUID_SECRET);
    }

    private void assertRefused(String presented, Refusal refusal, boolean reversible) {
        assertThat(check.check(presented, NOW)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.refusal()).isEqualTo(refusal);
            assertThat(refused.reversible()).isEqualTo(reversible);
        });
    }

    private static String checksummed() {
        var random = new byte[28];
        random[3] = 42;
        var checksum = new CRC32();
        checksum.update(random);
        return HexFormat.of().formatHex(random) + HexFormat.of().toHexDigits((int) checksum.getValue());
    }
}
