package io.keyledger.key.ledger;

import io.keyledger.event.HostName;
import io.keyledger.event.KeyId;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SecretHash;
import io.keyledger.event.SystemId;
import io.keyledger.event.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The state in maps, for replays and tests. For one thread. */
public final class InMemoryLedgerState implements LedgerState {

    private final Map<OrganizationId, OrganizationState> organizations = new HashMap<>();
    private final Map<OrganizationId, Contents> contents = new HashMap<>();
    private final Map<SecretHash, OrganizationId> organizationsByHash = new HashMap<>();

    /** What one organization holds. */
    private static final class Contents {
        private final Map<SystemId, SystemState> systems = new HashMap<>();
        private final Map<String, SystemId> systemsByName = new HashMap<>();
        private final Map<KeyId, KeyState> keys = new HashMap<>();
        private final Map<SecretHash, KeyId> keysByHash = new HashMap<>();
        private final Map<UserId, UserState> users = new HashMap<>();
        private final Map<HostName, SystemId> hosts = new HashMap<>();
        private final Map<SystemId, TreeSet<HostName>> hostsBySystem = new HashMap<>();
    }

    /** All of one organization, as it stands: what two states are compared by. */
    public record Snapshot(
            OrganizationState organization,
            Map<SystemId, SystemState> systems,
            Map<KeyId, KeyState> keys,
            Map<SecretHash, KeyId> keysByHash,
            Map<UserId, UserState> users,
            Map<HostName, SystemId> hosts) {
        public Snapshot {
            systems = Map.copyOf(systems);
            keys = Map.copyOf(keys);
            keysByHash = Map.copyOf(keysByHash);
            users = Map.copyOf(users);
            hosts = Map.copyOf(hosts);
        }
    }

    /** All organizations as they stand; what is done afterwards does not show. */
    public Map<OrganizationId, Snapshot> snapshots() {
        var snapshots = new HashMap<OrganizationId, Snapshot>();
        organizations.forEach((id, organization) -> {
            var held = of(id);
            snapshots.put(
                    id, new Snapshot(organization, held.systems, held.keys, held.keysByHash, held.users, held.hosts));
        });
        return Map.copyOf(snapshots);
    }

    @Override
    public Optional<OrganizationState> findOrganization(OrganizationId organization) {
        return Optional.ofNullable(organizations.get(organization));
    }

    @Override
    public Optional<SystemState> findSystem(OrganizationId organization, SystemId system) {
        return Optional.ofNullable(of(organization).systems.get(system));
    }

    @Override
    public Optional<SystemId> findSystemNamed(OrganizationId organization, String name) {
        return Optional.ofNullable(of(organization).systemsByName.get(LedgerState.folded(name)));
    }

    @Override
    public Optional<KeyState> findKey(OrganizationId organization, KeyId key) {
        return Optional.ofNullable(of(organization).keys.get(key));
    }

    @Override
    public Optional<KeyId> findKeyOfHash(OrganizationId organization, SecretHash hash) {
        return Optional.ofNullable(of(organization).keysByHash.get(hash));
    }

    @Override
    public Optional<OrganizationId> findOrganizationOfHash(SecretHash hash) {
        return Optional.ofNullable(organizationsByHash.get(hash));
    }

    @Override
    public Optional<UserState> findUser(OrganizationId organization, UserId user) {
        return Optional.ofNullable(of(organization).users.get(user));
    }

    @Override
    public Optional<SystemId> findSystemOfHost(OrganizationId organization, HostName host) {
        return Optional.ofNullable(of(organization).hosts.get(host));
    }

    @Override
    public List<HostName> hostsOf(OrganizationId organization, SystemId system, @Nullable HostName after, int limit) {
        var hosts = of(organization).hostsBySystem.getOrDefault(system, new TreeSet<>());
        return (after == null ? hosts : hosts.tailSet(after, false))
                .stream().limit(limit).toList();
    }

    @Override
    public void putOrganization(OrganizationState organization) {
        organizations.put(organization.id(), organization);
    }

    @Override
    public void putSystem(OrganizationId organization, SystemState system) {
        var held = of(organization);
        var before = held.systems.put(system.id(), system);
        if (before != null) {
            held.systemsByName.remove(LedgerState.folded(before.name()), system.id());
        }
        held.systemsByName.put(LedgerState.folded(system.name()), system.id());
    }

    @Override
    public void removeSystem(OrganizationId organization, SystemState system) {
        var held = of(organization);
        held.systems.remove(system.id());
        held.systemsByName.remove(LedgerState.folded(system.name()), system.id());
    }

    @Override
    public void putKey(OrganizationId organization, KeyState key) {
        var held = of(organization);
        held.keys.put(key.id(), key);
        held.keysByHash.put(key.hash(), key.id());
        organizationsByHash.put(key.hash(), organization);
    }

    @Override
    public void putUser(OrganizationId organization, UserState user) {
        of(organization).users.put(user.id(), user);
    }

    @Override
    public void linkHost(OrganizationId organization, HostName host, SystemId system) {
        var held = of(organization);
        var before = held.hosts.put(host, system);
        if (before != null) {
            held.hostsBySystem.getOrDefault(before, new TreeSet<>()).remove(host);
        }
        held.hostsBySystem.computeIfAbsent(system, _ -> new TreeSet<>()).add(host);
    }

    @Override
    public void unlinkHost(OrganizationId organization, HostName host, SystemId system) {
        var held = of(organization);
        held.hosts.remove(host, system);
        held.hostsBySystem.getOrDefault(system, new TreeSet<>()).remove(host);
    }

    private Contents of(OrganizationId organization) {
        return contents.computeIfAbsent(organization, _ -> new Contents());
    }
}
