package io.keyledger.key.ledger;

import io.keyledger.event.KeyId;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import io.keyledger.table.SourceRow;
import io.keyledger.table.SourceRow.DataKeyRow;
import io.keyledger.table.SourceRow.SealedSecretRow;
import java.util.UUID;

/** What a command changes in the topics that are sources themselves: no event could bring it back. */
public sealed interface SourceChange {

    /** Whose it is: it says the partition. */
    OrganizationId organizationId();

    /** The revision of the event that it belongs to. */
    long revision();

    /** The source is this from now on. */
    record Put(SourceRow row) implements SourceChange {
        @Override
        public OrganizationId organizationId() {
            return row.organizationId();
        }

        @Override
        public long revision() {
            return row.revision();
        }
    }

    /** The secret can be revealed no more: a tombstone in {@code sealed-secrets}. */
    record RemoveSealedSecret(OrganizationId organizationId, KeyId keyId, long revision) implements SourceChange {}

    /** The person can be read no more: a tombstone in {@code data-keys}. */
    record RemoveDataKey(OrganizationId organizationId, UUID subject, long revision) implements SourceChange {}

    /** The topic that the change goes to. */
    default String topic() {
        return switch (this) {
            case Put(SealedSecretRow _) -> Topics.SEALED_SECRETS;
            case Put(DataKeyRow _) -> Topics.DATA_KEYS;
            case RemoveSealedSecret _ -> Topics.SEALED_SECRETS;
            case RemoveDataKey _ -> Topics.DATA_KEYS;
        };
    }

    /** The record key, as text: a key's id, a user's or an organization's. */
    default String key() {
        return switch (this) {
            case Put(SealedSecretRow row) -> row.keyId().toString();
            case Put(DataKeyRow row) -> row.subject().toString();
            case RemoveSealedSecret(var _, var keyId, var _) -> keyId.toString();
            case RemoveDataKey(var _, var subject, var _) -> subject.toString();
        };
    }
}
