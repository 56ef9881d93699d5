package io.keyledger.ingest.gate;

import io.keyledger.event.HostName;
import io.keyledger.event.KeyId;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.Permission;
import io.keyledger.event.SecretHash;
import io.keyledger.event.SystemId;
import io.keyledger.event.UserId;
import io.keyledger.table.Found;
import io.keyledger.table.LedgerTables;
import io.keyledger.table.Row;
import io.keyledger.table.Row.HostRow;
import io.keyledger.table.Row.KeyRow;
import io.keyledger.table.Row.OrganizationRow;
import io.keyledger.table.Row.SystemRow;
import io.keyledger.table.Row.UserRow;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables of one organization, row by row. */
public final class FakeTables implements LedgerTables {

    public static final OrganizationId ORGANIZATION = OrganizationId.of("0197f0c2-7d7e-7cc3-98c4-dc0c0c07398f");
    public static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<Object, Row> rows = new HashMap<>();
    private final Set<Object> unreadable = new HashSet<>();

    /** Settings of the organization. */
    public FakeTables settings(OrganizationSettings settings) {
        rows.put(ORGANIZATION, new OrganizationRow(ORGANIZATION, settings, null, 1));
        return this;
    }

    /** A Collector key. */
    public FakeTables key(String secret, @Nullable SystemId system, KeyStatus status) {
        return key(secret, system == null ? KeyKind.GLOBAL : KeyKind.SYSTEM, system, null, Set.of(), status);
    }

    /** Any key. */
    public FakeTables key(
            String secret,
            KeyKind kind,
            @Nullable SystemId system,
            @Nullable UserId owner,
            Set<Permission> permissions,
            KeyStatus status) {
        var hash = SecretHash.ofSecret(secret);
        var id = new KeyId(UUID.nameUUIDFromBytes(hash.toBytes()));
        rows.put(
                hash,
                new KeyRow(hash, ORGANIZATION, id, kind, status, system, owner, permissions, LONG_AGO, null, null, 1));
        return this;
    }

    /** A global key's older secret, which passes until then. */
    public FakeTables superseded(String secret, Instant at) {
        var hash = SecretHash.ofSecret(secret);
        var id = new KeyId(UUID.nameUUIDFromBytes(hash.toBytes()));
        var active = KeyStatus.ACTIVE;
        return row(
                hash,
                new KeyRow(
                        hash, ORGANIZATION, id, KeyKind.GLOBAL, active, null, null, Set.of(), LONG_AGO, null, at, 1));
    }

    /** A System; null: without override. */
    public FakeTables system(SystemId system, @Nullable Instant overrideRequiredFrom) {
        rows.put(system, new SystemRow(system, ORGANIZATION, overrideRequiredFrom, 1));
        return this;
    }

    /** A link. */
    public FakeTables link(String host, SystemId system) {
        var name = new HostName(host);
        rows.put(name, new HostRow(ORGANIZATION, name, system, 1));
        return this;
    }

    /** The last record of this thing cannot be read. */
    public FakeTables unreadable(Object key) {
        unreadable.add(key);
        return this;
    }

    /** Any row. */
    public FakeTables row(Object key, Row row) {
        rows.put(key, row);
        return this;
    }

    private <R extends Row> Found<R> find(Object key, Class<R> type) {
        if (unreadable.contains(key)) {
            return new Found.Unreadable<>();
        }
        var row = rows.get(key);
        return row == null ? new Found.Absent<>() : new Found.Present<>(type.cast(row));
    }

    @Override
    public Found<KeyRow> key(SecretHash hash) {
        return find(hash, KeyRow.class);
    }

    @Override
    public Found<HostRow> host(OrganizationId organization, HostName host) {
        return organization.equals(ORGANIZATION) ? find(host, HostRow.class) : new Found.Absent<>();
    }

    @Override
    public Found<SystemRow> system(SystemId system) {
        return find(system, SystemRow.class);
    }

    @Override
    public Found<UserRow> user(UserId user) {
        return find(user, UserRow.class);
    }

    @Override
    public Found<OrganizationRow> organization(OrganizationId organization) {
        return find(organization, OrganizationRow.class);
    }
}
