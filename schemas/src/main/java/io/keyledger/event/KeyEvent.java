package io.keyledger.event;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happened: the payload of a {@link LedgerEvent}. No event carries a secret. */
public sealed interface KeyEvent {

    /** The event's type in the envelope, such as {@code KeyRevoked}. */
    default String type() {
        return getClass().getSimpleName();
    }

    /** An event of one key. */
    sealed interface OfKey extends KeyEvent {
        KeyRef key();
    }

    /** An event of one user. */
    sealed interface OfUser extends KeyEvent {
        UserId userId();
    }

    /** An event of one System. */
    sealed interface OfSystem extends KeyEvent {
        SystemId systemId();
    }

    /**
     * A key was made.
     *
     * @param description an API key's name or a token's description
     * @param permissions what it may do; empty for Collector keys, whose kind says it
     * @param expiresAt from when on it is refused, or null
     */
    record KeyCreated(
            KeyRef key,
            @Nullable String description,
            Set<Permission> permissions,
            @Nullable Instant expiresAt) implements OfKey {
        public KeyCreated {
            permissions = Set.copyOf(permissions);
        }
    }

    /**
     * A key has a new secret.
     *
     * @param key with the new hash and version
     * @param previousHash of the secret before
     * @param supersededAt until when the secret before stays valid, or null: it died with this event
     */
    record KeyRegenerated(
            KeyRef key, SecretHash previousHash, @Nullable Instant supersededAt) implements OfKey {}

    /**
     * The secret before the current one counts no more, whatever a clock says: its overlap was ended, or had run out.
     *
     * @param finishedHash of the secret that counts no more
     * @param finishedAt from when on it is refused: the time of this event, or before it if the overlap had run out
     */
    record KeyOverlapFinished(KeyRef key, SecretHash finishedHash, Instant finishedAt) implements OfKey {}

    /** A key was revoked for ever. */
    record KeyRevoked(
            KeyRef key, RevocationReason reason, @Nullable String comment) implements OfKey {}

    /** A token has a new owner; its secret keeps working. */
    record KeyReassigned(KeyRef key, UserId previousOwnerId) implements OfKey {}

    /** A hash-only key was deleted; its record stays. */
    record KeyDeleted(KeyRef key) implements OfKey {}

    /** A key's time was over. */
    record KeyExpired(KeyRef key, Instant expiredAt) implements OfKey {}

    /** The secret was shown to the actor. */
    record KeyRevealed(KeyRef key) implements OfKey {}

    /** What the key may do was changed; the whole new set. */
    record KeyPermissionsChanged(KeyRef key, Set<Permission> permissions) implements OfKey {
        public KeyPermissionsChanged {
            permissions = Set.copyOf(permissions);
        }
    }

    /**
     * Somebody pushed with a revoked key.
     *
     * @param count how many pushes between {@code firstAt} and {@code lastAt}
     */
    record RevokedKeyUsed(
            KeyRef key,
            @Nullable HostName host,
            @Nullable SealedValue address,
            long count,
            Instant firstAt,
            Instant lastAt)
            implements OfKey {}

    /** The first event of an organization. */
    record OrganizationCreated(String name, OrganizationSettings settings) implements KeyEvent {}

    /** The whole settings after the change. */
    record OrganizationSettingsChanged(OrganizationSettings settings) implements KeyEvent {}

    /** A System exists from now on. */
    record SystemRegistered(SystemId systemId, String name) implements OfSystem {}

    /**
     * The whole of a System after a change of its name or of what it requires.
     *
     * @param overrideRequiredFrom from when on its hosts must push with its own key; null: no override
     */
    record SystemChanged(
            SystemId systemId, String name, @Nullable Instant overrideRequiredFrom) implements OfSystem {}

    /** A System is gone; no host was linked to it. */
    record SystemRemoved(SystemId systemId, String name) implements OfSystem {}

    /**
     * Hosts belong to the System from now on.
     *
     * @param hosts at most 500
     * @param movedFrom the System that all of them belonged to before; null: to none
     */
    record HostsLinked(
            SystemId systemId,
            List<HostName> hosts,
            @Nullable SystemId movedFrom) implements OfSystem {
        public HostsLinked {
            hosts = List.copyOf(hosts);
        }
    }

    /** Hosts belong to no System from now on; at most 500. */
    record HostsUnlinked(SystemId systemId, List<HostName> hosts) implements OfSystem {
        public HostsUnlinked {
            hosts = List.copyOf(hosts);
        }
    }

    /** A person has access. */
    record UserAdded(
            UserId userId,
            Role role,
            SealedValue name,
            @Nullable SealedValue email) implements OfUser {}

    /** The whole details after the change. */
    record UserDetailsChanged(
            UserId userId, SealedValue name, @Nullable SealedValue email) implements OfUser {}

    /** A user has another role. */
    record UserRoleChanged(UserId userId, Role role, Role previousRole) implements OfUser {}

    /** A user's tokens are suspended. */
    record UserDisabled(UserId userId) implements OfUser {}

    /** A user's tokens count again. */
    record UserEnabled(UserId userId) implements OfUser {}

    /** A user is gone. */
    record UserRemoved(UserId userId) implements OfUser {}

    /** A person's data key is gone, and with it the person's data in all events. */
    record PersonErased(UserId userId) implements OfUser {}

    /**
     * An event that this version does not know: step over it.
     *
     * @param type as the envelope says it
     */
    record Unknown(String type) implements KeyEvent {}
}
