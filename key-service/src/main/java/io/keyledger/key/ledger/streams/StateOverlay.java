package io.keyledger.key.ledger.streams;

import io.keyledger.event.HostName;
import io.keyledger.event.KeyId;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SecretHash;
import io.keyledger.event.SystemId;
import io.keyledger.event.UserId;
import io.keyledger.key.ledger.LedgerState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The state as one command sees it: what the store holds, and over it what the command's events have changed so far.
 * Nothing reaches the store before {@link #writeThrough}, so that a command that fails half-way leaves no trace.
 */
final class StateOverlay implements LedgerState {

    private static final byte[] LINKED = {1};

    private final StateRecords base;
    private final TreeMap<Bytes, Optional<byte[]>> changes = new TreeMap<>();

    StateOverlay(StateRecords base) {
        this.base = base;
    }

    /** Writes all changes to the store below. */
    void writeThrough() {
        changes.forEach((key, value) -> base.put(key, value.orElse(null)));
        changes.clear();
    }

    /** What {@link #writeThrough} would write. */
    Set<Bytes> changedKeys() {
        return Set.copyOf(changes.keySet());
    }

    /** The size in bytes of the largest change. */
    int largestChange() {
        return changes.entrySet().stream()
                .mapToInt(change -> change.getKey().get().length
                        + change.getValue().map(value -> value.length).orElse(0))
                .max()
                .orElse(0);
    }

    @Override
    public Optional<OrganizationState> findOrganization(OrganizationId organization) {
        return find(StateKeys.organization(organization), OrganizationState.class);
    }

    @Override
    public Optional<SystemState> findSystem(OrganizationId organization, SystemId system) {
        return find(StateKeys.system(organization, system), SystemState.class);
    }

    @Override
    public Optional<SystemId> findSystemNamed(OrganizationId organization, String name) {
        return get(StateKeys.systemNamed(organization, name))
                .map(StateKeys::uuid)
                .map(SystemId::new);
    }

    @Override
    public Optional<KeyState> findKey(OrganizationId organization, KeyId key) {
        return find(StateKeys.key(organization, key), KeyState.class);
    }

    @Override
    public Optional<KeyId> findKeyOfHash(OrganizationId organization, SecretHash hash) {
        return get(StateKeys.hash(organization, hash)).map(StateKeys::uuid).map(KeyId::new);
    }

    @Override
    public Optional<OrganizationId> findOrganizationOfHash(SecretHash hash) {
        return get(StateKeys.hash(hash)).map(StateKeys::uuid).map(OrganizationId::new);
    }

    @Override
    public Optional<UserState> findUser(OrganizationId organization, UserId user) {
        return find(StateKeys.user(organization, user), UserState.class);
    }

    @Override
    public Optional<SystemId> findSystemOfHost(OrganizationId organization, HostName host) {
        return get(StateKeys.host(organization, host)).map(StateKeys::uuid).map(SystemId::new);
    }

    @Override
    public List<HostName> hostsOf(OrganizationId organization, SystemId system, @Nullable HostName after, int limit) {
        var prefix = StateKeys.hostsOf(organization, system);
        var from = after == null ? prefix : StateKeys.past(StateKeys.hostOf(organization, system, after));
        var changed = changes.tailMap(from, true);
        var here = new TreeMap<Bytes, Boolean>();
        for (var change : changed.entrySet()) {
            if (!StateKeys.startsWith(change.getKey(), prefix)) {
                break;
            }
            here.put(change.getKey(), change.getValue().isPresent());
        }
        // As many more from below as the overlay may have taken away.
        for (var key : base.keys(from, prefix, limit + here.size())) {
            here.putIfAbsent(key, true);
        }
        return here.entrySet().stream()
                .filter(entry -> entry.getValue())
                .limit(limit)
                .map(entry -> StateKeys.hostIn(entry.getKey(), prefix))
                .toList();
    }

    @Override
    public void putOrganization(OrganizationState organization) {
        put(StateKeys.organization(organization.id()), LedgerJson.write(organization));
    }

    @Override
    public void putSystem(OrganizationId organization, SystemState system) {
        findSystem(organization, system.id())
                .ifPresent(before -> remove(StateKeys.systemNamed(organization, before.name())));
        put(StateKeys.system(organization, system.id()), LedgerJson.write(system));
        put(
                StateKeys.systemNamed(organization, system.name()),
                StateKeys.bytes(system.id().value()));
    }

    @Override
    public void removeSystem(OrganizationId organization, SystemState system) {
        findSystem(organization, system.id())
                .ifPresent(before -> remove(StateKeys.systemNamed(organization, before.name())));
        remove(StateKeys.system(organization, system.id()));
    }

    @Override
    public void putKey(OrganizationId organization, KeyState key) {
        put(StateKeys.key(organization, key.id()), LedgerJson.write(key));
        put(StateKeys.hash(organization, key.hash()), StateKeys.bytes(key.id().value()));
        put(StateKeys.hash(key.hash()), StateKeys.bytes(organization.value()));
    }

    @Override
    public void putUser(OrganizationId organization, UserState user) {
        put(StateKeys.user(organization, user.id()), LedgerJson.write(user));
    }

    @Override
    public void linkHost(OrganizationId organization, HostName host, SystemId system) {
        findSystemOfHost(organization, host).ifPresent(before -> remove(StateKeys.hostOf(organization, before, host)));
        put(StateKeys.host(organization, host), StateKeys.bytes(system.value()));
        put(StateKeys.hostOf(organization, system, host), LINKED);
    }

    @Override
    public void unlinkHost(OrganizationId organization, HostName host, SystemId system) {
        remove(StateKeys.host(organization, host));
        remove(StateKeys.hostOf(organization, system, host));
    }

    private <T> Optional<T> find(Bytes key, Class<T> type) {
        return get(key).map(json -> LedgerJson.read(json, type));
    }

    private Optional<byte[]> get(Bytes key) {
        var changed = changes.get(key);
        return changed != null ? changed : Optional.ofNullable(base.get(key));
    }

    private void put(Bytes key, byte[] value) {
        changes.put(key, Optional.of(value));
    }

    private void remove(Bytes key) {
        changes.put(key, Optional.empty());
    }
}
