package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.BILLING;
import static io.keyledger.key.ledger.Fixtures.GLOBAL;
import static io.keyledger.key.ledger.Fixtures.ORGANIZATION;
import static io.keyledger.key.ledger.Fixtures.OVERRIDE;
import static io.keyledger.key.ledger.Fixtures.OWNER;
import static io.keyledger.key.ledger.Fixtures.SHIPPING;
import static io.keyledger.key.ledger.Fixtures.hosts;
import static io.keyledger.key.ledger.Fixtures.secret;
import static io.keyledger.key.ledger.Fixtures.systems;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.HostName;
import io.keyledger.event.KeyEvent.HostsLinked;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.SecretHash;
import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.Command.ChangeSettings;
import io.keyledger.key.ledger.Command.CreateOverride;
import io.keyledger.key.ledger.Command.RegenerateCollectorKey;
import io.keyledger.key.ledger.Command.RemoveOverride;
import io.keyledger.key.ledger.Command.RevokeCollectorKey;
import io.keyledger.key.ledger.Command.UnlinkHosts;
import io.keyledger.table.Row.HostRow;
import io.keyledger.table.Row.KeyRow;
import io.keyledger.table.Row.OrganizationRow;
import io.keyledger.table.Row.SystemRow;
import io.keyledger.table.RowKey;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The states of DESIGN.md's truth table (section 6), reached by commands: what a reader of the rows alone would answer.
 * The gate itself is the Collector's; here it is spelled out in as few lines as possible, to check what the rows say.
 */
class TruthTableTest {

    private static final HostName HOST = new HostName("web-1");
    private static final SecretHash ANOTHERS = secret("shipping's override").hash();
    private static final SecretHash UNKNOWN = secret("nobody's").hash();

    private final Scenario scenario = Scenario.given(systems())
            .and(OWNER, new HostsLinked(BILLING, hosts("web-1"), null))
            .when(new CreateOverride(SHIPPING, secret("shipping's override"), null))
            .after(Duration.ofMinutes(1));

    /** By how much the Collector's clock is behind the ledger's. */
    private Duration behind = Duration.ZERO;

    @Test
    void anOverride() {
        scenario.when(new CreateOverride(BILLING, OVERRIDE, null));
        passes(OVERRIDE.hash());
        refuses(GLOBAL.hash(), ANOTHERS, UNKNOWN);
    }

    @Test
    void anOverrideInItsGracePeriodAndAfterIt() {
        scenario.when(new CreateOverride(BILLING, OVERRIDE, Duration.ofHours(1)));
        passes(OVERRIDE.hash(), GLOBAL.hash());
        refuses(ANOTHERS, UNKNOWN);
        scenario.after(Duration.ofHours(1));
        passes(OVERRIDE.hash());
        refuses(GLOBAL.hash(), ANOTHERS, UNKNOWN);
    }

    @Test
    void anOverrideThatWasRevokedNotRemoved() {
        scenario.when(new CreateOverride(BILLING, OVERRIDE, Duration.ofHours(1)))
                .when(revoke());
        refuses(GLOBAL.hash(), OVERRIDE.hash(), ANOTHERS, UNKNOWN);
    }

    @Test
    void anOverrideThatWasRemoved() {
        scenario.when(new CreateOverride(BILLING, OVERRIDE, null)).when(new RemoveOverride(BILLING));
        passes(GLOBAL.hash());
        refuses(OVERRIDE.hash(), ANOTHERS, UNKNOWN);
    }

    @Test
    void anOverrideThatWasRevokedAndThenRemoved() {
        scenario.when(new CreateOverride(BILLING, OVERRIDE, null))
                .when(revoke())
                .when(new RemoveOverride(BILLING));
        passes(GLOBAL.hash());
        refuses(OVERRIDE.hash(), ANOTHERS, UNKNOWN);
    }

    @Test
    void anOverrideThatWasRegeneratedActiveOrRevoked() {
        var second = secret("override-2");
        var third = secret("override-3");
        scenario.when(new CreateOverride(BILLING, OVERRIDE, null))
                .when(new RegenerateCollectorKey(BILLING, second, null));
        passes(second.hash());
        refuses(GLOBAL.hash(), OVERRIDE.hash(), ANOTHERS, UNKNOWN);
        scenario.when(revoke()).when(new RegenerateCollectorKey(BILLING, third, null));
        passes(third.hash());
        refuses(GLOBAL.hash(), OVERRIDE.hash(), second.hash(), ANOTHERS, UNKNOWN);
    }

    @Test
    void noOverride() {
        passes(GLOBAL.hash());
        refuses(OVERRIDE.hash(), ANOTHERS, UNKNOWN);
    }

    @Test
    void noOverrideAndTheGlobalKeyRegeneratedOrRevoked() {
        var second = secret("global-2");
        scenario.when(new RegenerateCollectorKey(null, second, null));
        passes(second.hash());
        refuses(GLOBAL.hash());
        scenario.when(new RevokeCollectorKey(null, RevocationReason.COMPROMISED, null));
        refuses(GLOBAL.hash(), second.hash(), ANOTHERS, UNKNOWN);
    }

    @Test
    void anUnlinkedHost() {
        scenario.when(new CreateOverride(BILLING, OVERRIDE, null)).when(new UnlinkHosts(BILLING, hosts("WEB-1")));
        passes(GLOBAL.hash());
        refuses(OVERRIDE.hash(), ANOTHERS, UNKNOWN);
    }

    @Test
    void agentsInactive() {
        scenario.when(new CreateOverride(BILLING, OVERRIDE, null)).when(new ChangeSettings(false, null, null, null));
        refuses(GLOBAL.hash(), OVERRIDE.hash(), ANOTHERS, UNKNOWN);
    }

    @Test
    void aMovedHostFollowsItsNewSystem() {
        scenario.when(new CreateOverride(BILLING, OVERRIDE, null))
                .when(new Command.LinkHosts(SHIPPING, hosts("Web-1"), true));
        passes(ANOTHERS);
        refuses(GLOBAL.hash(), OVERRIDE.hash(), UNKNOWN);
    }

    @Test
    void aCollectorWhoseClockIsBehindRefusesAllTheSame() {
        behind = Duration.ofHours(2);
        scenario.when(new CreateOverride(BILLING, OVERRIDE, null));
        passes(OVERRIDE.hash());
        refuses(GLOBAL.hash(), ANOTHERS, UNKNOWN);
        scenario.when(new RemoveOverride(BILLING))
                .when(new CreateOverride(BILLING, secret("override-2"), Duration.ofHours(1)))
                .when(revoke());
        refuses(GLOBAL.hash(), OVERRIDE.hash(), secret("override-2").hash());
    }

    private void passes(SecretHash... secrets) {
        for (var secret : secrets) {
            assertThat(allowed(secret)).as(secret.toString()).isTrue();
        }
    }

    private void refuses(SecretHash... secrets) {
        for (var secret : secrets) {
            assertThat(allowed(secret)).as(secret.toString()).isFalse();
        }
    }

    private boolean allowed(SecretHash secret) {
        var active = scenario.row(new RowKey.OfOrganization(ORGANIZATION), OrganizationRow.class)
                .orElseThrow()
                .settings()
                .agentsActive();
        return active
                && scenario.row(new RowKey.OfKey(secret), KeyRow.class)
                        .filter(key -> key.status() == KeyStatus.ACTIVE)
                        .filter(this::allowedForHost)
                        .isPresent();
    }

    private boolean allowedForHost(KeyRow key) {
        var host = scenario.row(new RowKey.OfHost(ORGANIZATION, HOST), HostRow.class);
        if (host.isEmpty()) {
            return key.kind() == KeyKind.GLOBAL;
        }
        var system = system(host.get().systemId());
        var required = system.overrideRequiredFrom();
        if (required == null) {
            return key.kind() == KeyKind.GLOBAL;
        }
        return Objects.equals(key.systemId(), system.systemId())
                || (key.kind() == KeyKind.GLOBAL && scenario.now().minus(behind).isBefore(required));
    }

    private SystemRow system(SystemId id) {
        return scenario.row(new RowKey.OfSystem(id), SystemRow.class).orElseThrow();
    }

    private static RevokeCollectorKey revoke() {
        return new RevokeCollectorKey(BILLING, RevocationReason.POLICY, null);
    }
}
