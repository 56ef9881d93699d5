package io.keyledger.table;

import io.keyledger.event.KeyId;
import io.keyledger.event.OrganizationId;
import java.util.UUID;

/** A row that is itself a source: it is written from the command, and cannot be derived from the events. */
public sealed interface SourceRow {

    OrganizationId organizationId();

    /** The revision of the event, in its ledger partition, that made this row. */
    long revision();

    /**
     * The secret of a recoverable key: the current version alone.
     *
     * @param ciphertext AES-256-GCM by the keyset, in Base64 (RFC 4648, section 4)
     */
    record SealedSecretRow(KeyId keyId, OrganizationId organizationId, int version, String ciphertext, long revision)
            implements SourceRow {

        /** Says nothing of the ciphertext. */
        @Override
        public String toString() {
            return "SealedSecretRow[keyId=" + keyId + ", version=" + version + ", revision=" + revision + "]";
        }
    }

    /**
     * The data key of a user or of an organization.
     *
     * @param subject the user's or the organization's id
     * @param wrapped a Tink keyset encrypted by the keyset, in Base64 (RFC 4648, section 4)
     */
    record DataKeyRow(UUID subject, OrganizationId organizationId, String wrapped, long revision) implements SourceRow {

        /** Says nothing of the key. */
        @Override
        public String toString() {
            return "DataKeyRow[subject=" + subject + ", revision=" + revision + "]";
        }
    }
}
