package io.keyledger.key.directory;

import io.keyledger.event.HostName;
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
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.SystemId;
import io.keyledger.event.UserStatus;
import io.keyledger.key.ledger.LedgerState;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes what an event changes into the generation of the current transaction. */
final class JdbcProjector {

    private final JdbcClient jdbc;
    private final JdbcKeyProjector keys;

    JdbcProjector(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.keys = new JdbcKeyProjector(jdbc);
    }

    /** Applies an event that has not been applied yet. */
    void apply(LedgerEvent envelope) {
        switch (envelope.event()) {
            case KeyCreated event -> keys.created(event, envelope);
            case KeyRegenerated event -> keys.regenerated(event, envelope);
            case KeyOverlapFinished event -> keys.overlapFinished(event);
            case KeyRevoked event -> keys.revoked(event, envelope);
            case KeyReassigned event -> keys.reassigned(event);
            case KeyDeleted event -> keys.deleted(event);
            case KeyPermissionsChanged event -> keys.permissionsChanged(event);
            case OrganizationCreated event -> organizationCreated(event, envelope);
            case OrganizationSettingsChanged event -> settingsChanged(event, envelope);
            case SystemRegistered event -> systemRegistered(event, envelope);
            case SystemChanged event -> systemChanged(event);
            case SystemRemoved event -> systemRemoved(event);
            case HostsLinked event -> hostsLinked(event, envelope);
            case HostsUnlinked event -> hostsUnlinked(event, envelope);
            case UserAdded event -> userAdded(event, envelope);
            case UserDetailsChanged event -> userDetailsChanged(event);
            case UserRoleChanged event ->
                update(
                        "update person set role = ? where id = ?",
                        event.role().name(),
                        event.userId().value());
            case UserDisabled event -> userStatus(event.userId().value(), UserStatus.DISABLED);
            case UserEnabled event -> userStatus(event.userId().value(), UserStatus.ACTIVE);
            case UserRemoved event -> userStatus(event.userId().value(), UserStatus.REMOVED);
            case KeyExpired _, KeyRevealed _, RevokedKeyUsed _, PersonErased _, Unknown _ -> {
                // Nothing that is listed changes: expiry is computed, and an erased person's name cannot be opened.
            }
        }
    }

    private void organizationCreated(OrganizationCreated event, LedgerEvent envelope) {
        update(
                "insert into organization (id, name, agents_active, unlinked_hosts, mixed_batches, version, created_at)"
                        + " values (?, ?, ?, ?, ?, 1, ?)",
                envelope.organizationId().value(),
                event.name(),
                event.settings().agentsActive(),
                event.settings().unlinkedHosts().name(),
                event.settings().mixedBatches().name(),
                Columns.time(envelope.occurredAt()));
    }

    private void settingsChanged(OrganizationSettingsChanged event, LedgerEvent envelope) {
        update(
                "update organization set agents_active = ?, unlinked_hosts = ?, mixed_batches = ?, version = version + 1"
                        + " where id = ?",
                event.settings().agentsActive(),
                event.settings().unlinkedHosts().name(),
                event.settings().mixedBatches().name(),
                envelope.organizationId().value());
    }

    private void systemRegistered(SystemRegistered event, LedgerEvent envelope) {
        update(
                "insert into system (id, organization_id, name, name_key, host_count, created_at, version)"
                        + " values (?, ?, ?, ?, 0, ?, 1)",
                event.systemId().value(),
                envelope.organizationId().value(),
                event.name(),
                LedgerState.folded(event.name()),
                Columns.time(envelope.occurredAt()));
    }

    private void systemChanged(SystemChanged event) {
        update(
                "update system set name = ?, name_key = ?, override_required_from = ?, version = version + 1 where id = ?",
                event.name(),
                LedgerState.folded(event.name()),
                Columns.time(event.overrideRequiredFrom()),
                event.systemId().value());
        if (event.overrideRequiredFrom() == null) {
            keys.forgetOverride(event.systemId());
        }
    }

    private void systemRemoved(SystemRemoved event) {
        keys.forgetOverride(event.systemId());
        update("delete from system where id = ?", event.systemId().value());
    }

    private void hostsLinked(HostsLinked event, LedgerEvent envelope) {
        update(
                "insert into host (organization_id, host, system_id, linked_at)"
                        + " select ?, name, ?, ? from unnest(?) as name"
                        + " on conflict (organization_id, host)"
                        + " do update set system_id = excluded.system_id, linked_at = excluded.linked_at",
                envelope.organizationId().value(),
                event.systemId().value(),
                Columns.time(envelope.occurredAt()),
                names(event.hosts()));
        count(event.systemId(), event.hosts().size());
        if (event.movedFrom() != null) {
            count(event.movedFrom(), -event.hosts().size());
        }
    }

    private void hostsUnlinked(HostsUnlinked event, LedgerEvent envelope) {
        update(
                "delete from host where organization_id = ? and host = any (?)",
                envelope.organizationId().value(),
                names(event.hosts()));
        count(event.systemId(), -event.hosts().size());
    }

    private void count(SystemId system, int hosts) {
        update(
                "update system set host_count = host_count + ?, version = version + 1 where id = ?",
                hosts,
                system.value());
    }

    private void userAdded(UserAdded event, LedgerEvent envelope) {
        update(
                "insert into person (id, organization_id, role, status, name_sealed, email_sealed)"
                        + " values (?, ?, ?, ?, ?, ?)",
                event.userId().value(),
                envelope.organizationId().value(),
                event.role().name(),
                UserStatus.ACTIVE.name(),
                event.name().ciphertext(),
                event.email() == null ? null : event.email().ciphertext());
    }

    private void userDetailsChanged(UserDetailsChanged event) {
        update(
                "update person set name_sealed = ?, email_sealed = ? where id = ?",
                event.name().ciphertext(),
                event.email() == null ? null : event.email().ciphertext(),
                event.userId().value());
    }

    private void userStatus(UUID user, UserStatus status) {
        update("update person set status = ? where id = ?", status.name(), user);
    }

    private void update(String sql, @Nullable Object... values) {
        Columns.update(jdbc, sql, values);
    }

    private static String[] names(List<HostName> hosts) {
        return hosts.stream().map(HostName::value).toArray(String[]::new);
    }
}
