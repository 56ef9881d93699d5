package io.keyledger.table;

import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Permission;
import io.keyledger.event.SecretHash;
import io.keyledger.event.UserStatus;
import io.keyledger.table.Row.KeyRow;
import io.keyledger.table.Row.OrganizationRow;
import io.keyledger.table.Row.UserRow;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The check of a presented key that every service shares (DESIGN.md, sections 5 and 6): who it is, whether it counts
 * now, and what it may do. The organization's Active flag and the permission for the endpoint are for the caller to
 * look at. Pure: it waits for nothing. No result holds the secret.
 */
public final class KeyCheck {

    /** What the tables say of a presented key. */
    public sealed interface Result {}

    /**
     * The key counts.
     *
     * @param permissions what it may do now: a Collector key's by its kind, a token's own clamped to its owner's role
     */
    public record Valid(KeyRow key, OrganizationRow organization, Set<Permission> permissions) implements Result {

        /** Whether the key has this permission now. */
        public boolean may(Permission permission) {
            return permissions.contains(permission);
        }
    }

    /**
     * The key does not count.
     *
     * @param key its row, or null if there is none
     * @param reversible whether a newer row could reverse it: then it waits for a proof of freshness, of the key's
     *     organization, or of all of key-state if there is no row
     */
    public record Refused(Refusal refusal, @Nullable KeyRow key, boolean reversible) implements Result {

        /** A sentence for people; who holds a secret that was replaced is told since when. */
        public String message() {
            return refusal == Refusal.SUPERSEDED_KEY && key != null
                    ? refusal.message() + " It has been refused since " + key.supersededAt() + "."
                    : refusal.message();
        }
    }

    /**
     * Nobody can tell, and "no" would be a lie.
     *
     * @param organization whose row has not arrived, although the key's has: a proof of freshness for it may settle it;
     *     null if a row cannot be read or the tables are being loaded: nothing does but waiting
     */
    public record Unready(@Nullable OrganizationId organization) implements Result {}

    /** Why a key does not count; its name in lower case is the stable code of the error. */
    public enum Refusal {
        UNKNOWN_KEY("No key like this is known."),
        MALFORMED_KEY("This is not a whole key: it is mistyped or was cut off."),
        REVOKED_KEY("The key was revoked."),
        /** The key has a newer secret, and this one's overlap, if there was one, is over. */
        SUPERSEDED_KEY("The key was given a newer secret, which replaces this one."),
        /** Past its time, or made before a {@code notBefore}. */
        EXPIRED_KEY("The key's time is over."),
        /** Its owner is disabled: not now, rather than no. */
        SUSPENDED_KEY("The key is suspended, for its owner is disabled.");

        private final String message;

        Refusal(String message) {
            this.message = message;
        }

        /** A constant sentence for people. */
        public String message() {
            return message;
        }
    }

    private static final Set<Permission> COLLECTOR_KEY = Set.of(
            Permission.METRICS_WRITE,
            Permission.LOGS_WRITE,
            Permission.TRACES_WRITE,
            Permission.HEARTBEATS_WRITE,
            Permission.AGENTS_REGISTER);

    private final LedgerTables tables;

    public KeyCheck(LedgerTables tables) {
        this.tables = tables;
    }

    /**
     * Checks a presented key. The exact text counts: a UUID in capitals is another secret.
     *
     * @param presented as the client sent it, without surrounding blanks
     * @param now for expiry and overlap
     */
    public Result check(String presented, Instant now) {
        // The look-up comes before any judgement of the format, for imported secrets need not have our checksum.
        return switch (tables.key(SecretHash.ofSecret(presented))) {
            case Found.Present<KeyRow>(var key) -> check(key, now);
            case Found.Unreadable<KeyRow> _ -> new Unready(null);
            case Found.Absent<KeyRow> _ -> miss(KeyFormat.of(presented));
        };
    }

    private static Result miss(KeyFormat format) {
        return switch (format) {
            case UUID, CHECKSUMMED -> new Refused(Refusal.UNKNOWN_KEY, null, true);
            // It may have been imported a moment ago, so that the words are all that the checksum decides.
            case UNCHECKED -> new Refused(Refusal.MALFORMED_KEY, null, true);
            case NONE -> new Refused(Refusal.MALFORMED_KEY, null, false);
        };
    }

    private Result check(KeyRow key, Instant now) {
        if (key.status() == KeyStatus.REVOKED) {
            return new Refused(key.supersededAt() == null ? Refusal.REVOKED_KEY : Refusal.SUPERSEDED_KEY, key, false);
        }
        // No newer row ever makes an overlap longer.
        if (reached(key.supersededAt(), now)) {
            return new Refused(Refusal.SUPERSEDED_KEY, key, false);
        }
        if (reached(key.expiresAt(), now)) {
            return new Refused(Refusal.EXPIRED_KEY, key, true);
        }
        return switch (tables.organization(key.organizationId())) {
            case Found.Unreadable<OrganizationRow> _ -> new Unready(null);
            case Found.Absent<OrganizationRow> _ -> new Unready(key.organizationId());
            case Found.Present<OrganizationRow>(var organization) -> check(key, organization);
        };
    }

    private Result check(KeyRow key, OrganizationRow organization) {
        if (isBefore(key.createdAt(), organization.notBefore())) {
            return new Refused(Refusal.EXPIRED_KEY, key, true);
        }
        return switch (key.kind()) {
            case GLOBAL, SYSTEM -> new Valid(key, organization, COLLECTOR_KEY);
            case ORGANIZATION -> new Valid(key, organization, key.permissions());
            case USER -> checkOwner(key, organization);
        };
    }

    private Result checkOwner(KeyRow key, OrganizationRow organization) {
        var owner = key.ownerId();
        if (owner == null) {
            return new Unready(null);
        }
        return switch (tables.user(owner)) {
            case Found.Unreadable<UserRow> _ -> new Unready(null);
            case Found.Absent<UserRow> _ -> new Unready(key.organizationId());
            case Found.Present<UserRow>(var user) -> check(key, organization, user);
        };
    }

    private static Result check(KeyRow key, OrganizationRow organization, UserRow owner) {
        // A token joined to another tenant's user would take its role there: rather nothing at all.
        if (!owner.organizationId().equals(key.organizationId())) {
            return new Unready(null);
        }
        if (owner.status() == UserStatus.REMOVED) {
            return new Refused(Refusal.REVOKED_KEY, key, false);
        }
        if (isBefore(key.createdAt(), owner.notBefore())) {
            return new Refused(Refusal.EXPIRED_KEY, key, true);
        }
        if (owner.status() == UserStatus.DISABLED) {
            return new Refused(Refusal.SUSPENDED_KEY, key, true);
        }
        return new Valid(key, organization, RolePermissions.clamp(key.permissions(), owner.role()));
    }

    private static boolean reached(@Nullable Instant limit, Instant now) {
        return limit != null && !now.isBefore(limit);
    }

    private static boolean isBefore(Instant createdAt, @Nullable Instant notBefore) {
        return notBefore != null && createdAt.isBefore(notBefore);
    }
}
