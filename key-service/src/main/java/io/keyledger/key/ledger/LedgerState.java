package io.keyledger.key.ledger;

import io.keyledger.event.Actor;
import io.keyledger.event.HostName;
import io.keyledger.event.KeyId;
import io.keyledger.event.KeyKind;
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
     * @param organizationRevision of its last event
     * @param globalKeyId the current or last global key
     * @param ownerTokenId the token that was provisioned from the environment
     */
    record OrganizationState(
            OrganizationId id,
            String name,
            OrganizationSettings settings,
            long version,
            UserId ownerId,
            @Nullable KeyId globalKeyId,
            @Nullable KeyId ownerTokenId,
            Instant createdAt,
            @Nullable Instant notBefore,
            long organizationRevision) {}

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
            long version) {}

    /**
     * A key.
     *
     * @param version of the current secret, from 1 on
     * @param secretCreatedAt when the current secret was made
     * @param previousHash of a secret that stays valid until {@code supersededAt}
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
            @Nullable Instant supersededAt,
            @Nullable Revocation revocation) {
        public KeyState {
            permissions = Set.copyOf(permissions);
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

    Optional<OrganizationState> findOrganization(OrganizationId organization);

    Optional<SystemState> findSystem(OrganizationId organization, SystemId system);

    /** The System of that name, compared without case. */
    Optional<SystemId> findSystemNamed(OrganizationId organization, String name);

    Optional<KeyState> findKey(OrganizationId organization, KeyId key);

    /** The key that this secret belongs to or once belonged to. */
    Optional<KeyId> findKeyOfHash(OrganizationId organization, SecretHash hash);

    Optional<UserState> findUser(OrganizationId organization, UserId user);

    Optional<SystemId> findSystemOfHost(OrganizationId organization, HostName host);

    /** The System's hosts in the order of their names, at most {@code limit} of them. */
    List<HostName> hostsOf(OrganizationId organization, SystemId system, int limit);

    void putOrganization(OrganizationState organization);

    void putSystem(OrganizationId organization, SystemState system);

    void removeSystem(OrganizationId organization, SystemState system);

    void putKey(OrganizationId organization, KeyState key);

    void putUser(OrganizationId organization, UserState user);

    void linkHost(OrganizationId organization, HostName host, SystemId system);

    void unlinkHost(OrganizationId organization, HostName host, SystemId system);
}
