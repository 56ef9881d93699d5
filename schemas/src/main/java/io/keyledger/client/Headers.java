package io.keyledger.client;

import io.keyledger.event.Topics;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads the headers that the ledger writes. */
final class Headers {

    private Headers() {}

    static byte @Nullable [] value(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    /** The revision, or empty if the header is missing or not eight bytes. */
    static OptionalLong revision(ConsumerRecord<?, ?> record) {
        var bytes = value(record, Topics.HEADER_REVISION);
        return bytes == null || bytes.length != Long.BYTES
                ? OptionalLong.empty()
                : OptionalLong.of(ByteBuffer.wrap(bytes).getLong());
    }
}
