package io.keyledger.table;

import io.keyledger.event.HostName;
import io.keyledger.event.KeyId;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.MixedBatches;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.Permission;
import io.keyledger.event.Role;
import io.keyledger.event.SecretHash;
import io.keyledger.event.SystemId;
import io.keyledger.event.UnlinkedHosts;
import io.keyledger.event.UserId;
import io.keyledger.event.UserStatus;
import io.keyledger.table.Row.HostRow;
import io.keyledger.table.Row.KeyRow;
import io.keyledger.table.Row.OrganizationRow;
import io.keyledger.table.Row.SystemRow;
import io.keyledger.table.Row.UserRow;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sample rows, shared by the tests of every module. */
public final class Rows {

    public static final Instant MADE = Instant.parse("2026-11-21T10:00:00Z");
    public static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(1, 1));
    public static final OrganizationId OTHER_ORGANIZATION = new OrganizationId(new UUID(1, 2));
    public static final SystemId SYSTEM = new SystemId(new UUID(2, 1));
    public static final UserId USER = new UserId(new UUID(3, 1));

    private Rows() {}

    /** An active global key. */
    public static KeyRow globalKey(String secret) {
        return key(secret, KeyKind.GLOBAL, ORGANIZATION, null, null, Set.of(), KeyStatus.ACTIVE, MADE, null, null);
    }

    /** An active key of {@link #SYSTEM}. */
    public static KeyRow systemKey(String secret) {
        return key(secret, KeyKind.SYSTEM, ORGANIZATION, SYSTEM, null, Set.of(), KeyStatus.ACTIVE, MADE, null, null);
    }

    /** An active API key. */
    public static KeyRow apiKey(String secret, Permission... permissions) {
        return key(
                secret,
                KeyKind.ORGANIZATION,
                ORGANIZATION,
                null,
                null,
                Set.of(permissions),
                KeyStatus.ACTIVE,
                MADE,
                null,
                null);
    }

    /** An active token of {@link #USER}. */
    public static KeyRow token(String secret, Permission... permissions) {
        return key(
                secret,
                KeyKind.USER,
                ORGANIZATION,
                null,
                USER,
                Set.of(permissions),
                KeyStatus.ACTIVE,
                MADE,
                null,
                null);
    }

    /** Any key. */
    public static KeyRow key(
            String secret,
            KeyKind kind,
            OrganizationId organization,
            @Nullable SystemId system,
            @Nullable UserId owner,
            Set<Permission> permissions,
            KeyStatus status,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant supersededAt) {
        return new KeyRow(
                SecretHash.ofSecret(secret),
                organization,
                new KeyId(new UUID(4, secret.hashCode())),
                kind,
                status,
                system,
                owner,
                permissions,
                createdAt,
                expiresAt,
                supersededAt,
                7);
    }

    /** The same key with another status. */
    public static KeyRow revoked(KeyRow row) {
        return new KeyRow(
                row.hash(),
                row.organizationId(),
                row.keyId(),
                row.kind(),
                KeyStatus.REVOKED,
                row.systemId(),
                row.ownerId(),
                row.permissions(),
                row.createdAt(),
                row.expiresAt(),
                row.supersededAt(),
                row.revision() + 1);
    }

    /** The same key with limits in time. */
    public static KeyRow limited(KeyRow row, @Nullable Instant expiresAt, @Nullable Instant supersededAt) {
        return new KeyRow(
                row.hash(),
                row.organizationId(),
                row.keyId(),
                row.kind(),
                row.status(),
                row.systemId(),
                row.ownerId(),
                row.permissions(),
                row.createdAt(),
                expiresAt,
                supersededAt,
                row.revision() + 1);
    }

    /** A host of {@link #SYSTEM}. */
    public static HostRow host(String name) {
        return new HostRow(ORGANIZATION, new HostName(name), SYSTEM, 5);
    }

    /** {@link #SYSTEM}, requiring its own key from then on, or none. */
    public static SystemRow system(@Nullable Instant overrideRequiredFrom) {
        return new SystemRow(SYSTEM, ORGANIZATION, overrideRequiredFrom, 4);
    }

    /** {@link #USER}. */
    public static UserRow user(Role role, UserStatus status, @Nullable Instant notBefore) {
        return new UserRow(USER, ORGANIZATION, role, status, notBefore, 3);
    }

    /** {@link #ORGANIZATION} with the settings that it begins with. */
    public static OrganizationRow organization(@Nullable Instant notBefore) {
        return new OrganizationRow(
                ORGANIZATION, new OrganizationSettings(true, UnlinkedHosts.ACCEPT, MixedBatches.SPLIT), notBefore, 2);
    }
}
