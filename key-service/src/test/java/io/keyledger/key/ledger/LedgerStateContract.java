package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.BILLING;
import static io.keyledger.key.ledger.Fixtures.GLOBAL;
import static io.keyledger.key.ledger.Fixtures.ORGANIZATION;
import static io.keyledger.key.ledger.Fixtures.OWNER_ID;
import static io.keyledger.key.ledger.Fixtures.SHIPPING;
import static io.keyledger.key.ledger.Fixtures.T0;
import static io.keyledger.key.ledger.Fixtures.hosts;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.Actor;
import io.keyledger.event.HostName;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.Permission;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.Role;
import io.keyledger.event.UserStatus;
import io.keyledger.key.ledger.LedgerState.KeyState;
import io.keyledger.key.ledger.LedgerState.OrganizationState;
import io.keyledger.key.ledger.LedgerState.Revocation;
import io.keyledger.key.ledger.LedgerState.SystemState;
import io.keyledger.key.ledger.LedgerState.UserState;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link LedgerState} does, wherever it keeps it. */
public abstract class LedgerStateContract {

    private static final OrganizationId OTHER = new OrganizationId(Fixtures.uuid("other organization"));

    private LedgerState state = new InMemoryLedgerState();

    /** A new and empty state. */
    protected abstract LedgerState create();

    @BeforeEach
    public void begin() {
        state = create();
    }

    @Test
    public void nothingIsThereAtFirst() {
        assertThat(state.findOrganization(ORGANIZATION)).isEmpty();
        assertThat(state.findSystem(ORGANIZATION, BILLING)).isEmpty();
        assertThat(state.findSystemNamed(ORGANIZATION, "Billing")).isEmpty();
        assertThat(state.findKey(ORGANIZATION, GLOBAL.keyId())).isEmpty();
        assertThat(state.findKeyOfHash(ORGANIZATION, GLOBAL.hash())).isEmpty();
        assertThat(state.findOrganizationOfHash(GLOBAL.hash())).isEmpty();
        assertThat(state.findUser(ORGANIZATION, OWNER_ID)).isEmpty();
        assertThat(state.findSystemOfHost(ORGANIZATION, new HostName("web-1"))).isEmpty();
        assertThat(state.hostsOf(ORGANIZATION, BILLING, null, 10)).isEmpty();
    }

    @Test
    public void theLastOrganizationPutIsTheOneFound() {
        var bare = new OrganizationState(
                ORGANIZATION, "Acme", OrganizationSettings.DEFAULT, 1, null, null, null, T0, null, 1);
        state.putOrganization(bare);
        assertThat(state.findOrganization(ORGANIZATION)).contains(bare);

        var full = new OrganizationState(
                ORGANIZATION,
                "Acme",
                OrganizationSettings.DEFAULT,
                2,
                OWNER_ID,
                GLOBAL.keyId(),
                Fixtures.OWNER_TOKEN.keyId(),
                T0,
                T0.plusNanos(1_000),
                7);
        state.putOrganization(full);
        assertThat(state.findOrganization(ORGANIZATION)).contains(full);
        assertThat(state.findOrganization(OTHER)).isEmpty();
    }

    @Test
    public void aSystemIsFoundByItsNameInAnyCase() {
        var billing = system("Billing", 0);
        state.putSystem(ORGANIZATION, billing);

        assertThat(state.findSystem(ORGANIZATION, BILLING)).contains(billing);
        assertThat(state.findSystemNamed(ORGANIZATION, "bILLING")).contains(BILLING);
        assertThat(state.findSystem(OTHER, BILLING)).isEmpty();
        assertThat(state.findSystemNamed(OTHER, "Billing")).isEmpty();
    }

    @Test
    public void aRenamedSystemIsNoLongerFoundByTheNameBefore() {
        state.putSystem(ORGANIZATION, system("Billing", 0));
        state.putSystem(ORGANIZATION, system("Straße", 1));

        assertThat(state.findSystemNamed(ORGANIZATION, "Billing")).isEmpty();
        assertThat(state.findSystemNamed(ORGANIZATION, "STRASSE")).contains(BILLING);
        state.putSystem(ORGANIZATION, system("STRASSE", 2));
        assertThat(state.findSystemNamed(ORGANIZATION, "straße")).contains(BILLING);
    }

    @Test
    public void aNameThatWasLeftMayBeAnothersByThen() {
        state.putSystem(ORGANIZATION, system("Billing", 0));
        state.putSystem(ORGANIZATION, system("Invoices", 1));
        state.putSystem(ORGANIZATION, new SystemState(SHIPPING, "Billing", T0, GLOBAL.keyId(), 3, T0, 9));
        state.removeSystem(ORGANIZATION, system("Invoices", 1));

        assertThat(state.findSystemNamed(ORGANIZATION, "Billing")).contains(SHIPPING);
        assertThat(state.findSystemNamed(ORGANIZATION, "Invoices")).isEmpty();
        assertThat(state.findSystem(ORGANIZATION, BILLING)).isEmpty();
        assertThat(state.findSystem(ORGANIZATION, SHIPPING))
                .contains(new SystemState(SHIPPING, "Billing", T0, GLOBAL.keyId(), 3, T0, 9));
    }

    @Test
    public void aKeyIsFoundByEverySecretThatItEverHad() {
        var first = key(GLOBAL, 1, null);
        var second = key(Fixtures.secret("second"), 2, null);
        state.putKey(ORGANIZATION, first);
        state.putKey(ORGANIZATION, second);

        assertThat(state.findKey(ORGANIZATION, GLOBAL.keyId())).contains(second);
        assertThat(state.findKeyOfHash(ORGANIZATION, first.hash())).contains(GLOBAL.keyId());
        assertThat(state.findKeyOfHash(ORGANIZATION, second.hash())).contains(GLOBAL.keyId());
        assertThat(state.findOrganizationOfHash(first.hash())).contains(ORGANIZATION);
        assertThat(state.findOrganizationOfHash(second.hash())).contains(ORGANIZATION);
        assertThat(state.findKey(OTHER, GLOBAL.keyId())).isEmpty();
        assertThat(state.findKeyOfHash(OTHER, first.hash())).isEmpty();
    }

    @Test
    public void aRevokedKeyIsStillThere() {
        var revoked = key(GLOBAL, 1, new Revocation(T0, RevocationReason.POLICY, "über alles"));
        state.putKey(ORGANIZATION, revoked);
        assertThat(state.findKey(ORGANIZATION, GLOBAL.keyId())).contains(revoked);
    }

    @Test
    public void theLastUserPutIsTheOneFound() {
        var owner = new UserState(OWNER_ID, Role.OWNER, UserStatus.ACTIVE, null);
        var disabled = new UserState(OWNER_ID, Role.VIEWER, UserStatus.DISABLED, T0);
        state.putUser(ORGANIZATION, owner);
        assertThat(state.findUser(ORGANIZATION, OWNER_ID)).contains(owner);
        state.putUser(ORGANIZATION, disabled);
        assertThat(state.findUser(ORGANIZATION, OWNER_ID)).contains(disabled);
        assertThat(state.findUser(OTHER, OWNER_ID)).isEmpty();
    }

    @Test
    public void aSystemsHostsComeInOrderAndNoMoreThanAsked() {
        link("web-2", "web-10", "web-1", "ünicode", "a/b");
        state.linkHost(ORGANIZATION, new HostName("app-1"), SHIPPING);
        state.linkHost(OTHER, new HostName("other-1"), BILLING);

        var inOrder = hosts("a/b", "web-1", "web-10", "web-2", "ünicode");
        assertThat(state.hostsOf(ORGANIZATION, BILLING, null, 10)).isEqualTo(inOrder);
        assertThat(state.hostsOf(ORGANIZATION, BILLING, null, 5)).isEqualTo(inOrder);
        assertThat(state.hostsOf(ORGANIZATION, BILLING, null, 2)).isEqualTo(inOrder.subList(0, 2));
        assertThat(state.hostsOf(ORGANIZATION, BILLING, null, 0)).isEmpty();
        assertThat(state.hostsOf(ORGANIZATION, BILLING, new HostName("web-1"), 10))
                .isEqualTo(inOrder.subList(2, 5));
        assertThat(state.hostsOf(ORGANIZATION, BILLING, new HostName("web-1"), 1))
                .isEqualTo(inOrder.subList(2, 3));
        assertThat(state.hostsOf(ORGANIZATION, BILLING, new HostName("b"), 1)).isEqualTo(inOrder.subList(1, 2));
        assertThat(state.hostsOf(ORGANIZATION, BILLING, new HostName("ünicode"), 1))
                .isEmpty();
        assertThat(state.findSystemOfHost(ORGANIZATION, new HostName("WEB-10"))).contains(BILLING);
        assertThat(state.findSystemOfHost(OTHER, new HostName("web-10"))).isEmpty();
    }

    @Test
    public void aHostBelongsToOneSystem() {
        link("web-1", "web-2");
        state.linkHost(ORGANIZATION, new HostName("web-1"), SHIPPING);

        assertThat(state.findSystemOfHost(ORGANIZATION, new HostName("web-1"))).contains(SHIPPING);
        assertThat(state.hostsOf(ORGANIZATION, BILLING, null, 10)).isEqualTo(hosts("web-2"));
        assertThat(state.hostsOf(ORGANIZATION, SHIPPING, null, 10)).isEqualTo(hosts("web-1"));
    }

    @Test
    public void anUnlinkedHostBelongsToNone() {
        link("web-1", "web-2", "web-3");
        state.unlinkHost(ORGANIZATION, new HostName("web-2"), BILLING);

        assertThat(state.findSystemOfHost(ORGANIZATION, new HostName("web-2"))).isEmpty();
        assertThat(state.hostsOf(ORGANIZATION, BILLING, null, 10)).isEqualTo(hosts("web-1", "web-3"));
        assertThat(state.hostsOf(ORGANIZATION, BILLING, null, 1)).isEqualTo(hosts("web-1"));
        assertThat(state.hostsOf(ORGANIZATION, BILLING, new HostName("web-1"), 1))
                .isEqualTo(hosts("web-3"));
        state.linkHost(ORGANIZATION, new HostName("web-2"), BILLING);
        assertThat(state.hostsOf(ORGANIZATION, BILLING, null, 10)).isEqualTo(hosts("web-1", "web-2", "web-3"));
    }

    private void link(String... names) {
        for (var host : hosts(names)) {
            state.linkHost(ORGANIZATION, host, BILLING);
        }
    }

    private static SystemState system(String name, int hostCount) {
        return new SystemState(BILLING, name, null, null, hostCount, T0, 1);
    }

    private static KeyState key(NewSecret secret, int version, @Nullable Revocation revocation) {
        return new KeyState(
                GLOBAL.keyId(),
                KeyKind.USER,
                revocation == null ? KeyStatus.ACTIVE : KeyStatus.REVOKED,
                secret.hash(),
                secret.hint(),
                version,
                null,
                OWNER_ID,
                "laptop",
                Set.of(Permission.METRICS_WRITE, Permission.KEYS_READ),
                T0,
                new Actor(Actor.Kind.USER, OWNER_ID, GLOBAL.keyId(), Fixtures.sealedName(OWNER_ID)),
                T0.plusNanos(1_000),
                T0.plusSeconds(60),
                GLOBAL.hash(),
                T0.plusSeconds(1),
                T0.plusSeconds(2),
                revocation);
    }
}
