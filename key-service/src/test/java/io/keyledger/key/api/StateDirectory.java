package io.keyledger.key.api;

import io.keyledger.event.HostName;
import io.keyledger.event.KeyKind;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SystemId;
import io.keyledger.key.directory.Directory;
import io.keyledger.key.directory.DirectoryUnavailableException;
import io.keyledger.key.directory.Entry.HostEntry;
import io.keyledger.key.directory.Entry.KeyEntry;
import io.keyledger.key.directory.Entry.SettingsEntry;
import io.keyledger.key.directory.Entry.SystemEntry;
import io.keyledger.key.ledger.InMemoryLedgerState;
import io.keyledger.key.ledger.InMemoryLedgerState.Snapshot;
import io.keyledger.key.ledger.LedgerState;
import io.keyledger.key.ledger.LedgerState.KeyState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A directory that is never behind, for it looks at the ledger's state. */
final class StateDirectory implements Directory {

    private final InMemoryLedgerState state;
    volatile boolean away;

    StateDirectory(InMemoryLedgerState state) {
        this.state = state;
    }

    @Override
    public Optional<SettingsEntry> findSettings(OrganizationId organization) {
        return find(organization)
                .map(Snapshot::organization)
                .map(found -> new SettingsEntry(found.settings(), found.version()));
    }

    @Override
    public Optional<SystemEntry> findSystem(OrganizationId organization, SystemId system) {
        return find(organization).map(found -> found.systems().get(system)).map(SystemEntry::of);
    }

    @Override
    public List<SystemEntry> systems(OrganizationId organization, @Nullable String after, int limit) {
        var beyond = after == null ? "" : LedgerState.folded(after);
        return find(organization).stream()
                .flatMap(found -> found.systems().values().stream())
                .filter(system -> LedgerState.folded(system.name()).compareTo(beyond) > 0)
                .sorted(Comparator.comparing(system -> LedgerState.folded(system.name())))
                .limit(limit)
                .map(SystemEntry::of)
                .toList();
    }

    @Override
    public List<HostEntry> hosts(OrganizationId organization, SystemId system, @Nullable String after, int limit) {
        return hosts(organization)
                .filter(host -> host.system().equals(system))
                .filter(host -> after == null || host.host().value().compareTo(after) > 0)
                .sorted(Comparator.comparing(HostEntry::host))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<HostEntry> findHost(OrganizationId organization, HostName host) {
        return hosts(organization).filter(entry -> entry.host().equals(host)).findFirst();
    }

    @Override
    public Optional<KeyEntry> findGlobalKey(OrganizationId organization) {
        return current(organization).filter(key -> key.kind() == KeyKind.GLOBAL).findFirst();
    }

    @Override
    public Optional<KeyEntry> findOverride(OrganizationId organization, SystemId system) {
        return current(organization).filter(key -> system.equals(key.system())).findFirst();
    }

    @Override
    public List<KeyEntry> collectorKeys(OrganizationId organization, @Nullable String after, int limit) {
        return current(organization)
                .filter(key -> after == null || key.place().compareTo(after) > 0)
                .sorted(Comparator.comparing(KeyEntry::place))
                .limit(limit)
                .toList();
    }

    private Stream<HostEntry> hosts(OrganizationId organization) {
        return find(organization).stream()
                .flatMap(found -> found.hosts().entrySet().stream())
                .map(link -> new HostEntry(link.getKey(), link.getValue(), Instant.EPOCH));
    }

    private Stream<KeyEntry> current(OrganizationId organization) {
        return find(organization).stream()
                .flatMap(found -> Stream.concat(
                                Stream.ofNullable(found.organization().globalKeyId()),
                                found.systems().values().stream()
                                        .flatMap(system -> Stream.ofNullable(system.overrideKeyId())))
                        .map(id ->
                                entry(found, Objects.requireNonNull(found.keys().get(id)))));
    }

    private Optional<Snapshot> find(OrganizationId organization) {
        if (away) {
            throw new DirectoryUnavailableException("PostgreSQL is down.", null);
        }
        return Optional.ofNullable(state.snapshots().get(organization));
    }

    private static KeyEntry entry(Snapshot found, KeyState key) {
        return KeyEntry.of(key, key.systemId() == null ? null : found.systems().get(key.systemId()));
    }
}
