package io.keyledger.key.ledger.streams;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A record, encoded and ready to be written.
 *
 * @param value null: a tombstone
 */
record Outgoing(String topic, SinkKey key, @Nullable Bytes value, Headers headers) {

    /** About how many bytes the record takes. */
    int size() {
        var size = key.recordKey().get().length + (value == null ? 0 : value.get().length);
        for (Header header : headers) {
            size += header.key().getBytes(StandardCharsets.UTF_8).length + header.value().length;
        }
        return size;
    }
}
