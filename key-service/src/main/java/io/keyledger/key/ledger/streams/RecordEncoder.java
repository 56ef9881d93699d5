package io.keyledger.key.ledger.streams;

import io.keyledger.codec.Chain;
import io.keyledger.codec.Encoded;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.LedgerHeaders;
import io.keyledger.codec.RecordType;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.CommandReply;
import io.keyledger.key.ledger.RowChange;
import io.keyledger.key.ledger.SourceChange;
import io.keyledger.table.Row;
import io.keyledger.table.SourceRow;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Events, rows and replies as records, with their headers. */
final class RecordEncoder {

    private final LedgerCodec codec;

    RecordEncoder(LedgerCodec codec) {
        this.codec = codec;
    }

    /** An event and the chain's value after it. */
    record ChainedEvent(Outgoing outgoing, Bytes chain) {}

    ChainedEvent event(LedgerEvent event, byte[] previousChain) {
        var key = SinkKey.OfOrganization.itself(event.organizationId());
        var encoded = codec.encode(RecordType.KEY_EVENTS, event);
        var leaf = Chain.leaf(encoded.fingerprint(), key.recordKey().get(), event.revision(), encoded.body());
        var chain = Chain.next(previousChain, leaf);
        var headers = headers(encoded, event.revision());
        LedgerHeaders.putChain(headers, leaf, chain);
        return new ChainedEvent(new Outgoing(Topics.KEY_EVENTS, key, bytes(encoded), headers), Bytes.wrap(chain));
    }

    Outgoing row(RowChange change) {
        return switch (change) {
            case RowChange.Put put -> outgoing(put, encode(put.row()));
            case RowChange.Remove remove -> outgoing(remove, null);
        };
    }

    Outgoing source(SourceChange change) {
        var encoded = switch (change) {
            case SourceChange.Put(SourceRow.SealedSecretRow row) -> codec.encode(RecordType.SEALED_SECRETS, row);
            case SourceChange.Put(SourceRow.DataKeyRow row) -> codec.encode(RecordType.DATA_KEYS, row);
            case SourceChange.RemoveSealedSecret _ -> null;
            case SourceChange.RemoveDataKey _ -> null;
        };
        return new Outgoing(
                change.topic(),
                new SinkKey.OfOrganization(change.organizationId(), change.key()),
                bytes(encoded),
                headers(encoded, change.revision()));
    }

    Outgoing reply(CommandReply reply, String instance) {
        return new Outgoing(
                Topics.KEY_COMMAND_REPLIES,
                SinkKey.OfOrganization.itself(reply.organizationId()),
                Bytes.wrap(LedgerJson.write(reply)),
                CommandHeaders.of(reply.commandId(), instance));
    }

    private Encoded encode(Row row) {
        return switch (row) {
            case Row.KeyRow r -> codec.encode(RecordType.KEY_STATE, r);
            case Row.HostRow r -> codec.encode(RecordType.HOST_TO_SYSTEM, r);
            case Row.SystemRow r -> codec.encode(RecordType.SYSTEM_STATE, r);
            case Row.UserRow r -> codec.encode(RecordType.USER_STATE, r);
            case Row.OrganizationRow r -> codec.encode(RecordType.ORGANIZATION_STATE, r);
        };
    }

    private static Outgoing outgoing(RowChange change, @Nullable Encoded encoded) {
        return new Outgoing(
                change.key().topic(),
                new SinkKey.OfOrganization(
                        change.organizationId(), Bytes.wrap(change.key().toBytes())),
                bytes(encoded),
                headers(encoded, change.revision()));
    }

    private static @Nullable Bytes bytes(@Nullable Encoded encoded) {
        return encoded == null ? null : Bytes.wrap(encoded.value());
    }

    private static Headers headers(@Nullable Encoded encoded, long revision) {
        var headers = new RecordHeaders();
        if (encoded != null) {
            LedgerHeaders.putFingerprint(headers, encoded.fingerprint());
        }
        LedgerHeaders.putRevision(headers, revision);
        return headers;
    }
}
