package io.keyledger.client;

import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.RecordType;
import io.keyledger.event.Topics;
import io.keyledger.table.Row;
import io.keyledger.table.RowReader;

/** The readers that decode with the ledger's codec. */
public final class CodecReaders {

    private CodecReaders() {}

    /** Reads rows of all tables. */
    public static RowReader rows(LedgerCodec codec) {
        return (topic, _, value, fingerprint) ->
                codec.decode(type(topic), value, fingerprint).orThrow();
    }

    /** Reads events. */
    public static EventReader events(LedgerCodec codec) {
        return (value, fingerprint) ->
                codec.decode(RecordType.KEY_EVENTS, value, fingerprint).orThrow();
    }

    private static RecordType<? extends Row> type(String topic) {
        return switch (topic) {
            case Topics.KEY_STATE -> RecordType.KEY_STATE;
            case Topics.HOST_TO_SYSTEM -> RecordType.HOST_TO_SYSTEM;
            case Topics.SYSTEM_STATE -> RecordType.SYSTEM_STATE;
            case Topics.USER_STATE -> RecordType.USER_STATE;
            case Topics.ORGANIZATION_STATE -> RecordType.ORGANIZATION_STATE;
            default -> throw new IllegalArgumentException("Expected a table's topic, but got " + topic + ".");
        };
    }
}
