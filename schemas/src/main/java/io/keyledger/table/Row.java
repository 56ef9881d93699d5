package io.keyledger.table;

import io.keyledger.event.HostName;
import io.keyledger.event.KeyId;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.Permission;
import io.keyledger.event.Role;
import io.keyledger.event.SecretHash;
import io.keyledger.event.SystemId;
import io.keyledger.event.UserId;
import io.keyledger.event.UserStatus;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The current state of one thing in a compacted topic, by which keys are checked. */
public sealed interface Row {

    OrganizationId organizationId();

    /** The revision of the event, in its ledger partition, that made this row. */
    long revision();

    /**
     * One secret of a key, by its hash.
     *
     * @param systemId of kind {@code SYSTEM} alone
     * @param ownerId of kind {@code USER} alone
     * @param permissions what it may do; for Collector keys the kind says it
     * @param createdAt when this secret was made: a {@code notBefore} after it kills it
     * @param expiresAt from when on it is refused, or null
     * @param supersededAt from when on a newer secret of the key replaces this one, or null; with {@code REVOKED}:
     *     since when, but null if it was revoked before a newer one replaced it
     */
    record KeyRow(
            SecretHash hash,
            OrganizationId organizationId,
            KeyId keyId,
            KeyKind kind,
            KeyStatus status,
            @Nullable SystemId systemId,
            @Nullable UserId ownerId,
            Set<Permission> permissions,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant supersededAt,
            long revision)
            implements Row {
        public KeyRow {
            permissions = Set.copyOf(permissions);
        }
    }

    /** Which System a host belongs to; a host without a row belongs to none. */
    record HostRow(OrganizationId organizationId, HostName host, SystemId systemId, long revision) implements Row {}

    /**
     * What a System requires.
     *
     * @param overrideRequiredFrom from when on its hosts must push with its own key; null: no override. What was required
     *     already when the row was made says {@link Instant#EPOCH}, so that it does not depend on the reader's clock
     */
    record SystemRow(
            SystemId systemId,
            OrganizationId organizationId,
            @Nullable Instant overrideRequiredFrom,
            long revision) implements Row {}

    /** What a user's tokens may do; {@code notBefore} kills all made before it, or is null. */
    record UserRow(
            UserId userId,
            OrganizationId organizationId,
            Role role,
            UserStatus status,
            @Nullable Instant notBefore,
            long revision)
            implements Row {}

    /** What an organization decides for its agents; {@code notBefore} kills all keys made before it, or is null. */
    record OrganizationRow(
            OrganizationId organizationId,
            OrganizationSettings settings,
            @Nullable Instant notBefore,
            long revision) implements Row {}
}
