package io.keyledger.key.ledger;

import io.keyledger.event.HostName;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyEvent.HostsLinked;
import io.keyledger.event.KeyEvent.HostsUnlinked;
import io.keyledger.event.KeyEvent.KeyCreated;
import io.keyledger.event.KeyEvent.KeyDeleted;
import io.keyledger.event.KeyEvent.KeyExpired;
import io.keyledger.event.KeyEvent.KeyOverlapFinished;
import io.keyledger.event.KeyEvent.KeyPermissionsChanged;
import io.keyledger.event.KeyEvent.KeyReassigned;
import io.keyledger.event.KeyEvent.KeyRegenerated;
import io.keyledger.event.KeyEvent.KeyRevealed;
import io.keyledger.event.KeyEvent.KeyRevoked;
import io.keyledger.event.KeyEvent.OrganizationCreated;
import io.keyledger.event.KeyEvent.OrganizationSettingsChanged;
import io.keyledger.event.KeyEvent.PersonErased;
import io.keyledger.event.KeyEvent.RevokedKeyUsed;
import io.keyledger.event.KeyEvent.SystemChanged;
import io.keyledger.event.KeyEvent.SystemRegistered;
import io.keyledger.event.KeyEvent.SystemRemoved;
import io.keyledger.event.KeyEvent.Unknown;
import io.keyledger.event.KeyEvent.UserAdded;
import io.keyledger.event.KeyEvent.UserDetailsChanged;
import io.keyledger.event.KeyEvent.UserDisabled;
import io.keyledger.event.KeyEvent.UserEnabled;
import io.keyledger.event.KeyEvent.UserRemoved;
import io.keyledger.event.KeyEvent.UserRoleChanged;
import io.keyledger.event.KeyId;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SecretHash;
import io.keyledger.event.SystemId;
import io.keyledger.event.Topics;
import io.keyledger.event.UserId;
import io.keyledger.key.ledger.LedgerState.KeyState;
import io.keyledger.table.Row;
import io.keyledger.table.Row.HostRow;
import io.keyledger.table.Row.KeyRow;
import io.keyledger.table.Row.OrganizationRow;
import io.keyledger.table.Row.SystemRow;
import io.keyledger.table.Row.UserRow;
import io.keyledger.table.RowKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows that follow from one event and the state after it, and from nothing else. */
record Projection(LedgerEvent envelope, LedgerState after) {

    List<RowChange> changes() {
        return switch (envelope.event()) {
            case KeyCreated event -> secrets(event.key().keyId());
            case KeyRegenerated event -> regenerated(event);
            case KeyOverlapFinished event -> List.of(put(replaced(event)));
            case KeyRevoked event -> secrets(event.key().keyId());
            case KeyReassigned event -> secrets(event.key().keyId());
            case KeyDeleted event -> secrets(event.key().keyId());
            case KeyPermissionsChanged event -> secrets(event.key().keyId());
            // A row says until when it counts: that time is over changes no row.
            case KeyExpired _, KeyRevealed _, RevokedKeyUsed _ -> List.of();
            case OrganizationCreated _, OrganizationSettingsChanged _ -> List.of(organization());
            case SystemRegistered event -> List.of(system(event.systemId()));
            case SystemChanged event -> List.of(system(event.systemId()));
            // No host points to it any more, and a Collector that has not heard so finds no System: unready, not
            // allowed.
            case SystemRemoved event -> List.of(remove(new RowKey.OfSystem(event.systemId())));
            // A moved host gets its new row alone: in between it would be unlinked, and the global key would pass.
            case HostsLinked event ->
                hosts(event.hosts(), host -> put(new HostRow(id(), host, event.systemId(), revision())));
            case HostsUnlinked event -> hosts(event.hosts(), host -> remove(new RowKey.OfHost(id(), host)));
            case UserAdded event -> List.of(user(event.userId()));
            case UserRoleChanged event -> List.of(user(event.userId()));
            case UserDisabled event -> List.of(user(event.userId()));
            case UserEnabled event -> List.of(user(event.userId()));
            case UserRemoved event -> List.of(user(event.userId()));
            case UserDetailsChanged _, PersonErased _, Unknown _ -> List.of();
        };
    }

    /** In which tables {@link #changes} has rows for an event of this kind. */
    static Set<String> tables(KeyEvent event) {
        return switch (event) {
            case KeyCreated _,
                    KeyRegenerated _,
                    KeyOverlapFinished _,
                    KeyRevoked _,
                    KeyReassigned _,
                    KeyDeleted _,
                    KeyPermissionsChanged _ -> Set.of(Topics.KEY_STATE);
            case OrganizationCreated _, OrganizationSettingsChanged _ -> Set.of(Topics.ORGANIZATION_STATE);
            case SystemRegistered _, SystemChanged _, SystemRemoved _ -> Set.of(Topics.SYSTEM_STATE);
            case HostsLinked _, HostsUnlinked _ -> Set.of(Topics.HOST_TO_SYSTEM);
            case UserAdded _, UserRoleChanged _, UserDisabled _, UserEnabled _, UserRemoved _ ->
                Set.of(Topics.USER_STATE);
            case KeyExpired _, KeyRevealed _, RevokedKeyUsed _, UserDetailsChanged _, PersonErased _ -> Set.of();
            case Unknown _ -> Set.copyOf(Topics.TABLES);
        };
    }

    /** The rows of all secrets of the key that may still count. */
    private List<RowChange> secrets(KeyId id) {
        var key = key(id);
        var previous = key.previousHash();
        return previous == null
                ? List.of(put(current(key)))
                : List.of(put(current(key)), put(overlapping(key, previous)));
    }

    private List<RowChange> regenerated(KeyRegenerated event) {
        var key = key(event.key().keyId());
        var previous = event.supersededAt() == null
                ? replaced(key, event.previousHash(), envelope.occurredAt())
                : overlapping(key, event.previousHash());
        return List.of(put(current(key)), put(previous));
    }

    private KeyRow replaced(KeyOverlapFinished event) {
        return replaced(key(event.key().keyId()), event.finishedHash(), event.finishedAt());
    }

    /** Refused whatever a clock says; the time is for whoever still sends it. */
    private KeyRow replaced(KeyState key, SecretHash hash, Instant at) {
        return previous(key, hash, KeyStatus.REVOKED, at);
    }

    private KeyRow current(KeyState key) {
        return secret(key, key.hash(), key.status(), key.secretCreatedAt(), null);
    }

    private KeyRow overlapping(KeyState key, SecretHash hash) {
        return previous(key, hash, key.status(), key.supersededAt());
    }

    /** Whoever sends a secret that was revoked with its key is told that, and not that there is a newer one. */
    private KeyRow previous(KeyState key, SecretHash hash, KeyStatus status, @Nullable Instant supersededAt) {
        var createdAt = Objects.requireNonNullElse(key.previousSecretCreatedAt(), key.createdAt());
        return secret(key, hash, status, createdAt, key.active() ? supersededAt : null);
    }

    private KeyRow secret(
            KeyState key, SecretHash hash, KeyStatus status, Instant createdAt, @Nullable Instant supersededAt) {
        return new KeyRow(
                hash,
                id(),
                key.id(),
                key.kind(),
                status,
                key.systemId(),
                key.ownerId(),
                key.permissions(),
                createdAt,
                key.expiresAt(),
                supersededAt,
                revision());
    }

    private RowChange organization() {
        var organization = after.findOrganization(id()).orElseThrow(() -> missing("organization"));
        return put(new OrganizationRow(id(), organization.settings(), organization.notBefore(), revision()));
    }

    private RowChange system(SystemId system) {
        var found = after.findSystem(id(), system).orElseThrow(() -> missing("System"));
        return put(new SystemRow(found.id(), id(), requiredFrom(found.overrideRequiredFrom()), revision()));
    }

    /**
     * What is required by now has been required for ever: a Collector whose clock is behind the ledger's would otherwise
     * let the global key pass until its own clock gets there. Only a grace period is left to the clocks.
     */
    private @Nullable Instant requiredFrom(@Nullable Instant from) {
        return from == null || from.isAfter(envelope.occurredAt()) ? from : Instant.EPOCH;
    }

    private RowChange user(UserId user) {
        var found = after.findUser(id(), user).orElseThrow(() -> missing("user"));
        return put(new UserRow(found.id(), id(), found.role(), found.status(), found.notBefore(), revision()));
    }

    private static List<RowChange> hosts(List<HostName> hosts, Function<HostName, RowChange> change) {
        return hosts.stream().map(change).toList();
    }

    private KeyState key(KeyId key) {
        return after.findKey(id(), key).orElseThrow(() -> missing("key"));
    }

    private static RowChange put(Row row) {
        return new RowChange.Put(row);
    }

    private RowChange remove(RowKey key) {
        return new RowChange.Remove(id(), key, revision());
    }

    private OrganizationId id() {
        return envelope.organizationId();
    }

    private long revision() {
        return envelope.revision();
    }

    private InapplicableEvent missing(String what) {
        return new InapplicableEvent(envelope, "the state after it has no such %s.".formatted(what));
    }
}
