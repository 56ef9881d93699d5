package io.keyledger.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.event.HostName;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Permission;
import io.keyledger.event.Role;
import io.keyledger.event.Topics;
import io.keyledger.event.UserStatus;
import io.keyledger.table.Row.KeyRow;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every holder of the ledger's tables does. */
public abstract class LedgerTablesContract {

    private static final KeyRow GLOBAL = Rows.globalKey("a");

    private WritableLedgerTables tables;

    /** New tables, whole and empty. */
    protected abstract WritableLedgerTables create();

    @BeforeEach
    void createTables() {
        tables = create();
    }

    @Test
    void findsNothingAtFirst() {
        assertThat(tables.key(GLOBAL.hash())).isEqualTo(new Found.Absent<>());
        assertThat(tables.host(Rows.ORGANIZATION, new HostName("web-1"))).isEqualTo(new Found.Absent<>());
        assertThat(tables.system(Rows.SYSTEM)).isEqualTo(new Found.Absent<>());
        assertThat(tables.user(Rows.USER)).isEqualTo(new Found.Absent<>());
        assertThat(tables.organization(Rows.ORGANIZATION)).isEqualTo(new Found.Absent<>());
    }

    @Test
    void givesBackEachRowAsItWasPut() {
        var token = Rows.limited(
                Rows.token("t", Permission.METRICS_WRITE, Permission.AUDIT_READ),
                Instant.parse("2027-01-01T00:00:00.123456Z"),
                Instant.parse("1969-12-31T23:59:59.999999Z"));
        for (var key : List.of(GLOBAL, Rows.systemKey("s"), Rows.apiKey("o", Permission.LOGS_WRITE), token)) {
            tables.put(0, key);
            assertThat(tables.key(key.hash())).isEqualTo(new Found.Present<>(key));
        }
        var host = Rows.host("web-1");
        tables.put(0, host);
        assertThat(tables.host(Rows.ORGANIZATION, new HostName("WEB-1"))).isEqualTo(new Found.Present<>(host));
        assertThat(tables.host(Rows.OTHER_ORGANIZATION, new HostName("web-1"))).isEqualTo(new Found.Absent<>());
        var system = Rows.system(Rows.MADE);
        tables.put(0, system);
        assertThat(tables.system(Rows.SYSTEM)).isEqualTo(new Found.Present<>(system));
        var user = Rows.user(Role.MANAGER, UserStatus.ACTIVE, null);
        tables.put(0, user);
        assertThat(tables.user(Rows.USER)).isEqualTo(new Found.Present<>(user));
        var organization = Rows.organization(Rows.MADE);
        tables.put(0, organization);
        assertThat(tables.organization(Rows.ORGANIZATION)).isEqualTo(new Found.Present<>(organization));
    }

    @Test
    void theLastRowCounts() {
        tables.put(0, GLOBAL);
        tables.put(0, Rows.revoked(GLOBAL));
        assertThat(tables.key(GLOBAL.hash())).isEqualTo(new Found.Present<>(Rows.revoked(GLOBAL)));
        assertThat(tables.rows(Topics.KEY_STATE)).isOne();
    }

    @Test
    void aTombstoneTakesTheRowAway() {
        for (var row : oneOfEach()) {
            tables.put(0, row);
            tables.remove(0, RowKey.of(row));
            assertThat(find(RowKey.of(row))).isEqualTo(new Found.Absent<>());
            assertThat(tables.rows(RowKey.of(row).topic())).isZero();
            tables.remove(0, RowKey.of(row));
        }
    }

    @Test
    void anUnreadableRowIsNeverTheRowBeforeAndIsForgottenWithTheNextRecord() {
        for (var row : oneOfEach()) {
            var key = RowKey.of(row);
            tables.put(0, row);
            tables.markUnreadable(0, key);
            tables.markUnreadable(0, key);
            assertThat(find(key)).isEqualTo(new Found.Unreadable<>());
            assertThat(tables.unreadableRows(key.topic())).isOne();

            tables.put(0, row);
            assertThat(find(key)).isEqualTo(new Found.Present<>(row));
            assertThat(tables.unreadableRows(key.topic())).isZero();

            tables.markUnreadable(0, key);
            tables.remove(0, key);
            assertThat(find(key)).isEqualTo(new Found.Absent<>());
            assertThat(tables.unreadableRows(key.topic())).isZero();
        }
    }

    @Test
    void ofTwoOrganizationsWithOneHashTheEarlierHolds() {
        var earlier = keyOf(Rows.ORGANIZATION, Rows.MADE);
        var later = keyOf(Rows.OTHER_ORGANIZATION, Rows.MADE.plusMillis(1));
        tables.put(1, later);
        tables.put(0, earlier);
        assertThat(tables.key(earlier.hash())).isEqualTo(new Found.Present<>(earlier));
        assertThat(tables.contestedHashes()).isOne();
        tables.put(1, later);
        assertThat(tables.key(earlier.hash())).isEqualTo(new Found.Present<>(earlier));

        tables.put(0, Rows.revoked(earlier));
        assertThat(tables.key(earlier.hash()))
                .as("the other organization's row does not revive it")
                .isEqualTo(new Found.Present<>(Rows.revoked(earlier)));

        tables.markUnreadable(1, RowKey.of(later));
        assertThat(tables.key(earlier.hash())).isEqualTo(new Found.Unreadable<>());
        tables.remove(1, RowKey.of(later));
        assertThat(tables.key(earlier.hash())).isEqualTo(new Found.Present<>(Rows.revoked(earlier)));
        assertThat(tables.contestedHashes()).isZero();
        tables.remove(1, RowKey.of(later));
        assertThat(tables.key(earlier.hash())).isEqualTo(new Found.Present<>(Rows.revoked(earlier)));
    }

    @Test
    void nothingCanBeLookedUpWhileATableIsLoaded() {
        for (var row : oneOfEach()) {
            var key = RowKey.of(row);
            tables.put(0, row);
            tables.beginLoading(key.topic());
            assertThat(find(key)).isEqualTo(new Found.Unreadable<>());
            tables.put(0, row);
            assertThat(find(key)).isEqualTo(new Found.Unreadable<>());
            tables.endLoading(key.topic());
            assertThat(find(key)).isEqualTo(new Found.Present<>(row));

            tables.beginLoading(key.topic());
            tables.endLoading(key.topic());
            assertThat(find(key)).as("dropped").isEqualTo(new Found.Absent<>());
        }
        assertThatThrownBy(() -> tables.beginLoading(Topics.KEY_EVENTS)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHostIsLinkedToTheSystemThatIsKnown() {
        var host = Rows.host("web-1");
        assertThat(link(host)).as("no host").isEqualTo(new Link.Unlinked());
        tables.put(0, host);
        assertThat(link(host)).as("no System yet").isEqualTo(new Link.Unknown(Rows.ORGANIZATION));

        var system = Rows.system(Rows.MADE);
        tables.put(0, system);
        assertThat(link(host)).isEqualTo(new Link.Linked(system));
        var changed = Rows.system(null);
        tables.put(0, changed);
        assertThat(link(host)).isEqualTo(new Link.Linked(changed));

        tables.markUnreadable(0, RowKey.of(system));
        assertThat(link(host)).as("a System that cannot be read").isEqualTo(new Link.Unknown(null));
        tables.remove(0, RowKey.of(system));
        assertThat(link(host)).isEqualTo(new Link.Unknown(Rows.ORGANIZATION));
        tables.put(0, system);
        tables.markUnreadable(0, RowKey.of(host));
        assertThat(link(host)).as("a host that cannot be read").isEqualTo(new Link.Unknown(null));
        tables.remove(0, RowKey.of(host));
        assertThat(link(host)).isEqualTo(new Link.Unlinked());
    }

    @Test
    void aHostIsNeverLinkedToTheSystemOfAnother() {
        var host = Rows.host("web-1");
        tables.put(0, host);
        tables.put(0, new Row.SystemRow(Rows.SYSTEM, Rows.OTHER_ORGANIZATION, null, 1));
        assertThat(link(host)).isEqualTo(new Link.Unknown(null));
        assertThat(tables.link(Rows.OTHER_ORGANIZATION, host.host())).isEqualTo(new Link.Unlinked());
    }

    @Test
    void nothingIsSaidOfALinkWhileEitherTableIsLoaded() {
        var host = Rows.host("web-1");
        var system = Rows.system(Rows.MADE);
        for (var topic : List.of(Topics.SYSTEM_STATE, Topics.HOST_TO_SYSTEM)) {
            tables.put(0, host);
            tables.put(0, system);
            tables.beginLoading(topic);
            assertThat(link(host)).as(topic).isEqualTo(new Link.Unknown(null));
            tables.put(0, topic.equals(Topics.SYSTEM_STATE) ? system : host);
            tables.endLoading(topic);
            assertThat(link(host)).as(topic).isEqualTo(new Link.Linked(system));
        }
        tables.beginLoading(Topics.SYSTEM_STATE);
        tables.endLoading(Topics.SYSTEM_STATE);
        assertThat(link(host)).as("dropped").isEqualTo(new Link.Unknown(Rows.ORGANIZATION));
    }

    private Link link(Row.HostRow host) {
        return tables.link(host.organizationId(), host.host());
    }

    private Found<? extends Row> find(RowKey key) {
        return switch (key) {
            case RowKey.OfKey(var hash) -> tables.key(hash);
            case RowKey.OfHost(var organization, var host) -> tables.host(organization, host);
            case RowKey.OfSystem(var system) -> tables.system(system);
            case RowKey.OfUser(var user) -> tables.user(user);
            case RowKey.OfOrganization(var organization) -> tables.organization(organization);
        };
    }

    private static List<Row> oneOfEach() {
        return List.of(
                GLOBAL,
                Rows.host("web-1"),
                Rows.system(null),
                Rows.user(Role.OWNER, UserStatus.DISABLED, Rows.MADE),
                Rows.organization(null));
    }

    private static KeyRow keyOf(OrganizationId organization, Instant createdAt) {
        return Rows.key(
                "shared",
                KeyKind.ORGANIZATION,
                organization,
                null,
                null,
                Set.of(Permission.METRICS_WRITE),
                KeyStatus.ACTIVE,
                createdAt,
                null,
                null);
    }
}
