package io.keyledger.table;

import io.keyledger.event.KeyId;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Permission;
import io.keyledger.event.SecretHash;
import io.keyledger.event.SystemId;
import io.keyledger.event.UserId;
import io.keyledger.table.Row.KeyRow;
import io.keyledger.table.Row.OrganizationRow;
import io.keyledger.table.Row.UserRow;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the key table, slim, and in one place of memory: the hash and the ids are numbers of its own, times are in
 * microseconds as the ledger has them, and what many share is shared.
 */
final class KeyEntry {

    private static final long NO_TIME = Long.MIN_VALUE;

    /** No key's entry. */
    static final KeyEntry NONE = new KeyEntry(-1, new SecretHash(0, 0, 0, 0));

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;
    final short partition;
    /** Null if the row cannot be read; then no other field means anything. */
    private final @Nullable OrganizationId organization;

    private final long keyIdHigh;
    private final long keyIdLow;
    private final KeyKind kind;
    private final KeyStatus status;
    private final @Nullable SystemId system;
    private final @Nullable UserId owner;
    private final Set<Permission> permissions;
    private final long createdAt;
    private final long expiresAt;
    private final long supersededAt;
    private final long revision;

    /**
     * @param shared what stands for all that equal it: an organization's id, an owner's, a set of permissions
     */
    KeyEntry(int partition, KeyRow row, Shared shared) {
        this.first = row.hash().first();
        this.second = row.hash().second();
        this.third = row.hash().third();
        this.fourth = row.hash().fourth();
        this.partition = (short) partition;
        this.organization = shared.organizations().place(row.organizationId()).id;
        this.keyIdHigh = row.keyId().value().getMostSignificantBits();
        this.keyIdLow = row.keyId().value().getLeastSignificantBits();
        this.kind = row.kind();
        this.status = row.status();
        this.system = row.systemId();
        var ownerId = row.ownerId();
        this.owner = ownerId == null ? null : shared.users().place(ownerId).id;
        this.permissions = shared.permissions().computeIfAbsent(row.permissions(), permissions -> permissions);
        this.createdAt = micros(row.createdAt());
        this.expiresAt = micros(row.expiresAt());
        this.supersededAt = micros(row.supersededAt());
        this.revision = row.revision();
    }

    /** The mark of a row that cannot be read. */
    KeyEntry(int partition, SecretHash hash) {
        this.first = hash.first();
        this.second = hash.second();
        this.third = hash.third();
        this.fourth = hash.fourth();
        this.partition = (short) partition;
        this.organization = null;
        this.keyIdHigh = 0;
        this.keyIdLow = 0;
        this.kind = KeyKind.GLOBAL;
        this.status = KeyStatus.REVOKED;
        this.system = null;
        this.owner = null;
        this.permissions = Set.of();
        this.createdAt = NO_TIME;
        this.expiresAt = NO_TIME;
        this.supersededAt = NO_TIME;
        this.revision = 0;
    }

    SecretHash hash() {
        return new SecretHash(first, second, third, fourth);
    }

    /** What {@link SecretHash#hashCode} is. */
    int hashOfHash() {
        return Long.hashCode(first);
    }

    boolean isOf(SecretHash hash) {
        return first == hash.first() && second == hash.second() && third == hash.third() && fourth == hash.fourth();
    }

    boolean isUnreadable() {
        return organization == null;
    }

    Found<KeyRow> found() {
        if (organization == null) {
            return new Found.Unreadable<>();
        }
        return new Found.Present<>(new KeyRow(
                hash(),
                organization,
                new KeyId(new UUID(keyIdHigh, keyIdLow)),
                kind,
                status,
                system,
                owner,
                permissions,
                required(createdAt),
                instant(expiresAt),
                instant(supersededAt),
                revision));
    }

    /**
     * Whether this one holds against another of the same hash: one that cannot be read may be the earlier one, and
     * whatever decides must not depend on which partition was read first.
     */
    boolean holdsAgainst(KeyEntry other) {
        if (organization == null || other.organization == null) {
            return organization == null;
        }
        return createdAt != other.createdAt
                ? createdAt < other.createdAt
                : organization.compareTo(other.organization) < 0;
    }

    /** What many entries share. */
    record Shared(
            RowTable<OrganizationId, OrganizationRow> organizations,
            RowTable<UserId, UserRow> users,
            Map<Set<Permission>, Set<Permission>> permissions) {}

    private static long micros(@Nullable Instant instant) {
        if (instant == null) {
            return NO_TIME;
        }
        try {
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
        } catch (ArithmeticException _) {
            // "For ever" and "since ever", written as the farthest instants of Java.
            return instant.getEpochSecond() > 0 ? Long.MAX_VALUE : NO_TIME + 1;
        }
    }

    private static @Nullable Instant instant(long micros) {
        return micros == NO_TIME ? null : required(micros);
    }

    private static Instant required(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }
}
