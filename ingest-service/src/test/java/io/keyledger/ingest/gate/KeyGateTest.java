package io.keyledger.ingest.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.HostName;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.MixedBatches;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.Permission;
import io.keyledger.event.Role;
import io.keyledger.event.SecretHash;
import io.keyledger.event.SystemId;
import io.keyledger.event.UnlinkedHosts;
import io.keyledger.event.UserId;
import io.keyledger.event.UserStatus;
import io.keyledger.table.Row.UserRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyGateTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final SystemId PLAIN = new SystemId(new UUID(0, 1));
    private static final SystemId GUARDED = new SystemId(new UUID(0, 2));
    private static final UserId OWNER = new UserId(new UUID(0, 3));
    private static final String GLOBAL = "11111111-1111-4111-8111-111111111111";
    private static final String TOKEN = "tc-apiv1_" + "0".repeat(64);

    private final FakeTables tables = new FakeTables()
            .settings(OrganizationSettings.DEFAULT)
            .key(GLOBAL, null, KeyStatus.ACTIVE)
            .system(PLAIN, null)
            .system(GUARDED, FakeTables.LONG_AGO)
            .link("plain", PLAIN)
            .link("guarded", GUARDED);

    private final KeyGate gate = new KeyGate(tables);

    @Test
    void aMixedBatchIsSplit() {
        var verdict = (Verdict.Allowed) decide(GLOBAL, "plain", "guarded", "stranger");

        assertThat(verdict.partly()).isTrue();
        assertThat(verdict.reversible()).isTrue();
        assertThat(verdict.hosts())
                .containsExactly(
                        new HostDecision(PLAIN, null),
                        new HostDecision(GUARDED, Denial.WRONG_KEY_FOR_HOST),
                        new HostDecision(null, null));
    }

    @Test
    void aMixedBatchIsRefusedWholeWhereTheOrganizationSaysSo() {
        tables.settings(new OrganizationSettings(true, UnlinkedHosts.ACCEPT, MixedBatches.REJECT));

        var denied = (Verdict.Denied) decide(GLOBAL, "plain", "guarded");

        assertThat(denied.denial()).isEqualTo(Denial.WRONG_KEY_FOR_HOST);
        assertThat(denied.reversible()).isTrue();
        assertThat(decide(GLOBAL, "plain", "stranger").reversible()).isFalse();
    }

    @Test
    void anOverlapEndsAtItsInstantWithoutAProofAndTheHolderIsToldSinceWhen() {
        tables.superseded(GLOBAL, NOW);
        var before = gate.admit(GLOBAL, Permission.METRICS_WRITE, NOW.minusNanos(1));
        assertThat(before).isInstanceOf(Admission.Admitted.class);

        var stopped = (Admission.Stopped) gate.admit(GLOBAL, Permission.METRICS_WRITE, NOW);
        var denied = (Verdict.Denied) stopped.verdict();
        assertThat(denied.denial()).isEqualTo(Denial.SUPERSEDED_KEY);
        assertThat(denied.reversible()).isFalse();
        assertThat(denied.hint()).contains("newer secret", NOW.toString());
        assertThat(denied.hint().length()).isLessThan(256);
    }

    @Test
    void aPushWithoutLinesIsAllowed() {
        assertThat(((Verdict.Allowed) decide(GLOBAL)).partly()).isFalse();
    }

    @Test
    void aHostWhoseSystemHasNotArrivedIsUnreadyUntilAProof() {
        tables.link("early", new SystemId(new UUID(0, 9)));

        var unready = (Verdict.Unready) decide(GLOBAL, "plain", "early");

        assertThat(unready.cause()).isEqualTo(Verdict.Cause.ROW_UNREADY);
        assertThat(unready.organization()).isEqualTo(FakeTables.ORGANIZATION);
    }

    @Test
    void anUnreadableRowMakesWhatItNamesUnready() {
        tables.unreadable(new HostName("plain"));

        assertThat(decide(GLOBAL, "plain")).isEqualTo(new Verdict.Unready(Verdict.Cause.ROW_UNREADY, null));
        assertThat(decide(GLOBAL, "stranger")).isInstanceOf(Verdict.Allowed.class);

        tables.unreadable(GUARDED);
        assertThat(decide(GLOBAL, "guarded")).isInstanceOf(Verdict.Unready.class);

        tables.unreadable(SecretHash.ofSecret(GLOBAL));
        assertThat(decide(GLOBAL, "stranger")).isInstanceOf(Verdict.Unready.class);
    }

    @Test
    void onlyARevokedOrMalformedKeyIsRefusedWithoutAProof() {
        tables.key(GLOBAL, null, KeyStatus.REVOKED);

        assertThat(decide(GLOBAL).reversible()).isFalse();
        assertThat(decide("nonsense")).isEqualTo(new Verdict.Denied(Denial.MALFORMED_KEY, null, false));
        assertThat(decide("55555555-5555-4555-8555-555555555555").reversible()).isTrue();
    }

    @Test
    void aTokenPushesWithItsPermissionAndItsOwnersRole() {
        token(Set.of(Permission.METRICS_WRITE), Role.MANAGER, UserStatus.ACTIVE);
        assertThat(decide(TOKEN, "plain", "stranger")).isInstanceOf(Verdict.Allowed.class);
        assertThat(((Verdict.Denied) decide(TOKEN, "guarded")).denial()).isEqualTo(Denial.WRONG_KEY_FOR_HOST);

        token(Set.of(Permission.QUERY_READ), Role.MANAGER, UserStatus.ACTIVE);
        var denied = (Verdict.Denied) decide(TOKEN, "plain");
        assertThat(denied.denial()).isEqualTo(Denial.PERMISSION_MISSING);
        assertThat(denied.denial().status()).isEqualTo(403);
    }

    @Test
    void aSuspendedTokenIsNotNow() {
        token(Set.of(Permission.METRICS_WRITE), Role.MANAGER, UserStatus.DISABLED);

        assertThat(((Verdict.Unready) decide(TOKEN, "plain")).cause()).isEqualTo(Verdict.Cause.SUSPENDED_KEY);
    }

    private void token(Set<Permission> permissions, Role role, UserStatus status) {
        tables.key(TOKEN, KeyKind.USER, null, OWNER, permissions, KeyStatus.ACTIVE);
        tables.row(OWNER, new UserRow(OWNER, FakeTables.ORGANIZATION, role, status, null, 1));
    }

    private Verdict decide(String secret, String... hosts) {
        return switch (gate.admit(secret, Permission.METRICS_WRITE, NOW)) {
            case Admission.Stopped(var verdict) -> verdict;
            case Admission.Admitted admitted ->
                gate.decide(
                        admitted,
                        List.of(hosts).stream()
                                .map(HostName::new)
                                .map(Optional::of)
                                .toList(),
                        NOW);
        };
    }
}
