package io.keyledger.table;

import io.keyledger.event.HostName;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SecretHash;
import io.keyledger.event.SystemId;
import io.keyledger.event.Topics;
import io.keyledger.event.UserId;
import io.keyledger.table.Row.HostRow;
import io.keyledger.table.Row.KeyRow;
import io.keyledger.table.Row.OrganizationRow;
import io.keyledger.table.Row.SystemRow;
import io.keyledger.table.Row.UserRow;
import java.util.Map;

/** The tables in this process's heap. Readers never wait; whole and empty at first. */
public final class InMemoryLedgerTables implements WritableLedgerTables {

    private final Map<String, LoadState> states = Map.of(
            Topics.KEY_STATE, new LoadState(),
            Topics.HOST_TO_SYSTEM, new LoadState(),
            Topics.SYSTEM_STATE, new LoadState(),
            Topics.USER_STATE, new LoadState(),
            Topics.ORGANIZATION_STATE, new LoadState());

    private final RowTable<SystemId, SystemRow> systems = new RowTable<>();
    private final RowTable<UserId, UserRow> users = new RowTable<>();
    private final RowTable<OrganizationId, OrganizationRow> organizations = new RowTable<>();
    private volatile KeyTable keys = new KeyTable(organizations, users);
    private volatile HostTable hosts = new HostTable(organizations, systems);

    @Override
    public Found<KeyRow> key(SecretHash hash) {
        return state(Topics.KEY_STATE).during(() -> keys.find(hash));
    }

    @Override
    public Found<HostRow> host(OrganizationId organization, HostName host) {
        return state(Topics.HOST_TO_SYSTEM).during(() -> hosts.find(organization, host));
    }

    @Override
    public Found<SystemRow> system(SystemId system) {
        return state(Topics.SYSTEM_STATE).during(() -> systems.find(system));
    }

    /** In one step: a host's entry refers to the place of its System's row. */
    @Override
    public Link link(OrganizationId organization, HostName host) {
        return state(Topics.HOST_TO_SYSTEM)
                .during(
                        () -> state(Topics.SYSTEM_STATE)
                                .during(() -> hosts.link(organization, host), Link.Unknown.UNREADABLE),
                        Link.Unknown.UNREADABLE);
    }

    @Override
    public Found<UserRow> user(UserId user) {
        return state(Topics.USER_STATE).during(() -> users.find(user));
    }

    @Override
    public Found<OrganizationRow> organization(OrganizationId organization) {
        return state(Topics.ORGANIZATION_STATE).during(() -> organizations.find(organization));
    }

    @Override
    public void put(int partition, Row row) {
        switch (row) {
            case KeyRow key -> keys.put(partition, key);
            case HostRow host -> hosts.put(host);
            case SystemRow system -> systems.put(system.systemId(), system);
            case UserRow user -> users.put(user.userId(), user);
            case OrganizationRow organization -> organizations.put(organization.organizationId(), organization);
        }
    }

    @Override
    public void remove(int partition, RowKey key) {
        switch (key) {
            case RowKey.OfKey(var hash) -> keys.remove(partition, hash);
            case RowKey.OfHost(var organization, var host) -> hosts.remove(organization, host);
            case RowKey.OfSystem(var system) -> systems.remove(system);
            case RowKey.OfUser(var user) -> users.remove(user);
            case RowKey.OfOrganization(var organization) -> organizations.remove(organization);
        }
    }

    @Override
    public void markUnreadable(int partition, RowKey key) {
        switch (key) {
            case RowKey.OfKey(var hash) -> keys.markUnreadable(partition, hash);
            case RowKey.OfHost(var organization, var host) -> hosts.markUnreadable(organization, host);
            case RowKey.OfSystem(var system) -> systems.markUnreadable(system);
            case RowKey.OfUser(var user) -> users.markUnreadable(user);
            case RowKey.OfOrganization(var organization) -> organizations.markUnreadable(organization);
        }
    }

    @Override
    public void beginLoading(String topic) {
        // First the state, then the rows: whoever sees no row then sees the state too.
        state(topic).begin();
        switch (topic) {
            case Topics.KEY_STATE -> keys = new KeyTable(organizations, users);
            case Topics.HOST_TO_SYSTEM -> hosts = new HostTable(organizations, systems);
            case Topics.SYSTEM_STATE -> systems.clear();
            case Topics.USER_STATE -> users.clear();
            case Topics.ORGANIZATION_STATE -> organizations.clear();
            default -> throw unknown(topic);
        }
    }

    @Override
    public void endLoading(String topic) {
        state(topic).end();
    }

    @Override
    public long unreadableRows(String topic) {
        return switch (topic) {
            case Topics.KEY_STATE -> keys.unreadable();
            case Topics.HOST_TO_SYSTEM -> hosts.unreadable();
            case Topics.SYSTEM_STATE -> systems.unreadable();
            case Topics.USER_STATE -> users.unreadable();
            case Topics.ORGANIZATION_STATE -> organizations.unreadable();
            default -> throw unknown(topic);
        };
    }

    @Override
    public long rows(String topic) {
        return switch (topic) {
            case Topics.KEY_STATE -> keys.size();
            case Topics.HOST_TO_SYSTEM -> hosts.size();
            case Topics.SYSTEM_STATE -> systems.size();
            case Topics.USER_STATE -> users.size();
            case Topics.ORGANIZATION_STATE -> organizations.size();
            default -> throw unknown(topic);
        };
    }

    @Override
    public long contestedHashes() {
        return keys.contested();
    }

    private LoadState state(String topic) {
        var state = states.get(topic);
        if (state == null) {
            throw unknown(topic);
        }
        return state;
    }

    private static IllegalArgumentException unknown(String topic) {
        return new IllegalArgumentException("Expected a table's topic, but got " + topic + ".");
    }
}
