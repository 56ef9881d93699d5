package io.keyledger.key.ledger;

import io.keyledger.event.Actor;
import io.keyledger.event.HostName;
import io.keyledger.event.KeyId;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyRef;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.Permission;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.Role;
import io.keyledger.event.SecretHash;
import io.keyledger.event.SystemId;
import io.keyledger.event.UserId;
import io.keyledger.event.UserStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of one ledger partition, as the rules see it: a port. In tests it is a map; in the processor an overlay over
 * the named stores, written to them only after everything has been decided, evolved and encoded. Only {@code evolve}
 * calls the methods that put and remove.
 */
public interface LedgerState {

    /**
     * An organization.
     *
     * @param version counts changes of the settings, for {@code ETag}
     * @param ownerId null between the organization's first event and its Owner's, which one command causes
     * @param globalKeyId the current or last global key
     * @param ownerTokenId the token that was provisioned from the environment, also when revoked
     * @param organizationRevision of its last event
     */
    record OrganizationState(
            OrganizationId id,
            String name,
            OrganizationSettings settings,
            long version,
            @Nullable UserId ownerId,
            @Nullable KeyId globalKeyId,
            @Nullable KeyId ownerTokenId,
            Instant createdAt,
            @Nullable Instant notBefore,
            long organizationRevision) {

        OrganizationState withSettings(OrganizationSettings changed) {
            return new OrganizationState(
                    id,
                    name,
                    changed,
                    version + 1,
                    ownerId,
                    globalKeyId,
                    ownerTokenId,
                    createdAt,
                    notBefore,
                    organizationRevision);
        }

        OrganizationState withOwner(UserId owner) {
            return new OrganizationState(
                    id,
                    name,
                    settings,
                    version,
                    owner,
                    globalKeyId,
                    ownerTokenId,
                    createdAt,
                    notBefore,
                    organizationRevision);
        }

        OrganizationState withGlobalKey(KeyId key) {
            return new OrganizationState(
                    id,
                    name,
                    settings,
                    version,
                    ownerId,
                    key,
                    ownerTokenId,
                    createdAt,
                    notBefore,
                    organizationRevision);
        }

        OrganizationState withOwnerToken(KeyId token) {
            return new OrganizationState(
                    id,
                    name,
                    settings,
                    version,
                    ownerId,
                    globalKeyId,
                    token,
                    createdAt,
                    notBefore,
                    organizationRevision);
        }

        OrganizationState withRevision(long revision) {
            return new OrganizationState(
                    id, name, settings, version, ownerId, globalKeyId, ownerTokenId, createdAt, notBefore, revision);
        }
    }

    /**
     * A System.
     *
     * @param overrideRequiredFrom null: no override
     * @param overrideKeyId its current or last own key, also when revoked; null: none, or removed
     * @param version counts changes of the System and of its hosts, for {@code ETag}
     */
    record SystemState(
            SystemId id,
            String name,
            @Nullable Instant overrideRequiredFrom,
            @Nullable KeyId overrideKeyId,
            int hostCount,
            Instant createdAt,
            long version) {

        SystemState withHosts(int change) {
            return new SystemState(
                    id, name, overrideRequiredFrom, overrideKeyId, hostCount + change, createdAt, version + 1);
        }

        SystemState withOverrideKey(KeyId key) {
            return new SystemState(id, name, overrideRequiredFrom, key, hostCount, createdAt, version);
        }
    }

    /**
     * A key.
     *
     * @param version of the current secret, from 1 on
     * @param secretCreatedAt when the current secret was made
     * @param previousHash of a secret that stays valid until {@code supersededAt}, or null
     * @param previousSecretCreatedAt when the secret before the current one was made; null: this is the first
     */
    record KeyState(
            KeyId id,
            KeyKind kind,
            KeyStatus status,
            SecretHash hash,
            String hint,
            int version,
            @Nullable SystemId systemId,
            @Nullable UserId ownerId,
            @Nullable String description,
            Set<Permission> permissions,
            Instant createdAt,
            Actor createdBy,
            Instant secretCreatedAt,
            @Nullable Instant expiresAt,
            @Nullable SecretHash previousHash,
            @Nullable Instant previousSecretCreatedAt,
            @Nullable Instant supersededAt,
            @Nullable Revocation revocation) {
        public KeyState {
            permissions = Set.copyOf(permissions);
        }

        /** Whether it has not been revoked; it may be past its time. */
        boolean active() {
            return status == KeyStatus.ACTIVE;
        }

        /** What events say of this key. */
        KeyRef ref() {
            return new KeyRef(id, kind, hash, hint, version, systemId, ownerId);
        }
    }

    /** When and why a key was revoked. */
    record Revocation(
            Instant at, RevocationReason reason, @Nullable String comment) {}

    /** A user; the name is in the directory, sealed. */
    record UserState(
            UserId id,
            Role role,
            UserStatus status,
            @Nullable Instant notBefore) {}

    /** A System's name as it is compared: without case, in every language alike. */
    static String folded(String name) {
        // Upper case first: ß and ẞ, and the two small sigmas, are one letter each.
        return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    Optional<OrganizationState> findOrganization(OrganizationId organization);

    Optional<SystemState> findSystem(OrganizationId organization, SystemId system);

    /** The System of that name, compared as {@link #folded}. */
    Optional<SystemId> findSystemNamed(OrganizationId organization, String name);

    Optional<KeyState> findKey(OrganizationId organization, KeyId key);

    /** The key that this secret belongs to or once belonged to: what {@link #putKey} has put is never forgotten. */
    Optional<KeyId> findKeyOfHash(OrganizationId organization, SecretHash hash);

    /**
     * The organization of this partition whose key this secret belongs to or once belonged to. The row of a key goes by
     * its hash alone: a second organization with the same secret would write over the first one's.
     */
    Optional<OrganizationId> findOrganizationOfHash(SecretHash hash);

    Optional<UserState> findUser(OrganizationId organization, UserId user);

    Optional<SystemId> findSystemOfHost(OrganizationId organization, HostName host);

    /** The System's hosts in the order of their names, at most {@code limit} of them; those past {@code after}, or all. */
    List<HostName> hostsOf(OrganizationId organization, SystemId system, @Nullable HostName after, int limit);

    void putOrganization(OrganizationState organization);

    /** Also under its name, and no longer under the name that it had before. */
    void putSystem(OrganizationId organization, SystemState system);

    void removeSystem(OrganizationId organization, SystemState system);

    /** Also remembers the key's hash for ever. */
    void putKey(OrganizationId organization, KeyState key);

    void putUser(OrganizationId organization, UserState user);

    /** Takes the host from the System that it was linked to, if any. */
    void linkHost(OrganizationId organization, HostName host, SystemId system);

    void unlinkHost(OrganizationId organization, HostName host, SystemId system);
}
