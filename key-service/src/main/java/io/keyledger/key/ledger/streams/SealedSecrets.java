package io.keyledger.key.ledger.streams;

import io.keyledger.event.KeyId;
import io.keyledger.event.OrganizationId;
import io.keyledger.key.ledger.LedgerState.KeyState;
import io.keyledger.key.ledger.SealedSecret;
import io.keyledger.key.ledger.SourceChange;
import io.keyledger.table.SourceRow;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/** The sealed secrets of recoverable keys, the current version alone: a source, not derived from events. */
final class SealedSecrets {

    private final StateRecords store;

    /** A sealed secret and the version of the key that it is of. */
    record Entry(int version, String ciphertext) {}

    SealedSecrets(StateRecords store) {
        this.store = store;
    }

    /** Keeps, and forgets, what is a sealed secret among {@code changes}. */
    void apply(List<SourceChange> changes) {
        for (var change : changes) {
            switch (change) {
                case SourceChange.Put(SourceRow.SealedSecretRow row) ->
                    store.put(
                            key(row.organizationId(), row.keyId()),
                            LedgerJson.write(new Entry(row.version(), row.ciphertext())));
                case SourceChange.RemoveSealedSecret(var organization, var keyId, var _) ->
                    store.put(key(organization, keyId), null);
                case SourceChange.Put(SourceRow.DataKeyRow _) -> {}
                case SourceChange.RemoveDataKey _ -> {}
            }
        }
    }

    /** @throws IllegalStateException if there is none, or only another version's: the secret of a key that was never kept */
    SealedSecret require(OrganizationId organization, KeyState key) {
        var json = store.get(key(organization, key.id()));
        var entry = json == null ? null : LedgerJson.read(json, Entry.class);
        if (entry == null || entry.version() != key.version()) {
            throw new IllegalStateException(
                    "Expected the sealed secret of key " + key.id() + ", version " + key.version() + ", but there is "
                            + (entry == null ? "none." : "version " + entry.version() + "."));
        }
        return new SealedSecret(entry.ciphertext());
    }

    /** Whose secret stands under that key of the store. */
    static KeyId keyId(Bytes key) {
        var bytes = key.get();
        return new KeyId(StateKeys.uuid(Arrays.copyOfRange(bytes, 2 * Long.BYTES, bytes.length)));
    }

    private static Bytes key(OrganizationId organization, KeyId key) {
        return Bytes.wrap(ByteBuffer.allocate(4 * Long.BYTES)
                .put(StateKeys.bytes(organization.value()))
                .put(StateKeys.bytes(key.value()))
                .array());
    }
}
