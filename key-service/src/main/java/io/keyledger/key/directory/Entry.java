package io.keyledger.key.directory;

import io.keyledger.event.Actor;
import io.keyledger.event.HostName;
import io.keyledger.event.KeyId;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.LedgerState.KeyState;
import io.keyledger.key.ledger.LedgerState.SystemState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the directory knows of one thing. */
public sealed interface Entry {

    /** An organization's settings; {@code version} as in the ledger, for {@code ETag}. */
    record SettingsEntry(OrganizationSettings settings, long version) implements Entry {}

    /**
     * A System.
     *
     * @param overrideRequiredFrom null: no override
     * @param version as in the ledger, for {@code ETag}
     */
    record SystemEntry(
            SystemId id,
            String name,
            @Nullable Instant overrideRequiredFrom,
            int hostCount,
            Instant createdAt,
            long version)
            implements Entry {

        /** A System as the ledger has it. */
        public static SystemEntry of(SystemState system) {
            return new SystemEntry(
                    system.id(),
                    system.name(),
                    system.overrideRequiredFrom(),
                    system.hostCount(),
                    system.createdAt(),
                    system.version());
        }
    }

    /** A host's link. */
    record HostEntry(HostName host, SystemId system, Instant linkedAt) implements Entry {}

    /**
     * A Collector key.
     *
     * @param version of the current secret
     * @param systemName of an override
     * @param createdBy without the network address
     * @param overlapUntil until when the secret before passes too, or did; null: it does not
     */
    record KeyEntry(
            KeyId id,
            KeyKind kind,
            KeyStatus status,
            String hint,
            int version,
            @Nullable SystemId system,
            @Nullable String systemName,
            Instant createdAt,
            Actor createdBy,
            Instant secretCreatedAt,
            @Nullable Instant overlapUntil,
            @Nullable Revoked revoked)
            implements Entry {

        /**
         * A key as the ledger has it.
         *
         * @param system of an override
         */
        public static KeyEntry of(KeyState key, @Nullable SystemState system) {
            var revocation = key.revocation();
            return new KeyEntry(
                    key.id(),
                    key.kind(),
                    key.status(),
                    key.hint(),
                    key.version(),
                    key.systemId(),
                    system == null ? null : system.name(),
                    key.createdAt(),
                    key.createdBy(),
                    key.secretCreatedAt(),
                    key.supersededAt(),
                    revocation == null
                            ? null
                            : new Revoked(revocation.at(), revocation.reason(), revocation.comment()));
        }

        /** Where the key stands in the list of keys. */
        public String place() {
            return kind + "/" + id;
        }
    }

    /** When and why a key was revoked. */
    record Revoked(
            Instant at, RevocationReason reason, @Nullable String comment) {}
}
