package io.keyledger.key.directory;

import io.keyledger.event.KeyEvent.KeyCreated;
import io.keyledger.event.KeyEvent.KeyDeleted;
import io.keyledger.event.KeyEvent.KeyOverlapFinished;
import io.keyledger.event.KeyEvent.KeyPermissionsChanged;
import io.keyledger.event.KeyEvent.KeyReassigned;
import io.keyledger.event.KeyEvent.KeyRegenerated;
import io.keyledger.event.KeyEvent.KeyRevoked;
import io.keyledger.event.KeyKind;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.Permission;
import io.keyledger.event.SystemId;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes what the events of keys change. */
final class JdbcKeyProjector {

    private final JdbcClient jdbc;

    JdbcKeyProjector(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void created(KeyCreated event, LedgerEvent envelope) {
        var key = event.key();
        switch (key.kind()) {
            case GLOBAL ->
                update(
                        "update key set current = false where organization_id = ? and kind = 'GLOBAL' and current",
                        envelope.organizationId().value());
            case SYSTEM -> {
                if (key.systemId() != null) {
                    forgetOverride(key.systemId());
                }
            }
            case ORGANIZATION, USER -> {
                // Many at a time: none takes another's place.
            }
        }
        var actor = envelope.actor();
        var at = Columns.time(envelope.occurredAt());
        update(
                "insert into key (id, organization_id, kind, status, hint, version, system_id, owner_id, description,"
                        + " permissions, created_at, created_by_kind, created_by_user, created_by_key,"
                        + " secret_created_at, expires_at, current)"
                        + " values (?, ?, ?, 'ACTIVE', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                key.keyId().value(),
                envelope.organizationId().value(),
                key.kind().name(),
                key.hint(),
                key.version(),
                key.systemId() == null ? null : key.systemId().value(),
                key.ownerId() == null ? null : key.ownerId().value(),
                Columns.withoutNul(event.description()),
                texts(event.permissions()),
                at,
                actor.kind().name(),
                actor.user() == null ? null : actor.user().value(),
                actor.key() == null ? null : actor.key().value(),
                at,
                Columns.time(event.expiresAt()),
                key.kind() == KeyKind.GLOBAL || key.kind() == KeyKind.SYSTEM);
    }

    void regenerated(KeyRegenerated event, LedgerEvent envelope) {
        update(
                "update key set hint = ?, version = ?, secret_created_at = ?, superseded_at = ? where id = ?",
                event.key().hint(),
                event.key().version(),
                Columns.time(envelope.occurredAt()),
                Columns.time(event.supersededAt()),
                event.key().keyId().value());
    }

    void overlapFinished(KeyOverlapFinished event) {
        update(
                "update key set superseded_at = null where id = ?",
                event.key().keyId().value());
    }

    void revoked(KeyRevoked event, LedgerEvent envelope) {
        update(
                "update key set status = 'REVOKED', revoked_at = ?, revoked_reason = ?, revoked_comment = ? where id = ?",
                Columns.time(envelope.occurredAt()),
                event.reason().name(),
                Columns.withoutNul(event.comment()),
                event.key().keyId().value());
    }

    void reassigned(KeyReassigned event) {
        var owner = event.key().ownerId();
        update(
                "update key set owner_id = ? where id = ?",
                owner == null ? null : owner.value(),
                event.key().keyId().value());
    }

    /** The audit record keeps it for ever; the directory does not. */
    void deleted(KeyDeleted event) {
        update("delete from key where id = ?", event.key().keyId().value());
    }

    void permissionsChanged(KeyPermissionsChanged event) {
        update(
                "update key set permissions = ? where id = ?",
                texts(event.permissions()),
                event.key().keyId().value());
    }

    /** The System has no own key any more, or another one. */
    void forgetOverride(SystemId system) {
        update("update key set current = false where system_id = ? and current", system.value());
    }

    private void update(String sql, @Nullable Object... values) {
        Columns.update(jdbc, sql, values);
    }

    private static String[] texts(Set<Permission> permissions) {
        return permissions.stream().map(Permission::text).sorted().toArray(String[]::new);
    }
}
