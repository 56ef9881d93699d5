package io.keyledger.codec;

import io.keyledger.event.Topics;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Headers;

/** The headers of records (DESIGN.md, sections 3 and 4), written and read. */
public final class LedgerHeaders {

    private LedgerHeaders() {}

    /** Says which schema the value was written with. */
    public static void putFingerprint(Headers headers, Fingerprint fingerprint) {
        headers.add(Topics.HEADER_FINGERPRINT, fingerprint.toBytes());
    }

    /** Says which event the record belongs to: on events, rows and tombstones. */
    public static void putRevision(Headers headers, long revision) {
        headers.add(
                Topics.HEADER_REVISION,
                ByteBuffer.allocate(Long.BYTES).putLong(revision).array());
    }

    /** Chains an event to the one before. */
    public static void putChain(Headers headers, byte[] leaf, byte[] chain) {
        headers.add(Topics.HEADER_LEAF, leaf);
        headers.add(Topics.HEADER_CHAIN, chain);
    }

    /** The revision of the event that the record belongs to; empty if there is none of 8 bytes. */
    public static OptionalLong findRevision(Headers headers) {
        var header = headers.lastHeader(Topics.HEADER_REVISION);
        return header != null && header.value() != null && header.value().length == Long.BYTES
                ? OptionalLong.of(ByteBuffer.wrap(header.value()).getLong())
                : OptionalLong.empty();
    }

    /** The bytes of a header, as the codec or the chain takes them. */
    public static Optional<byte[]> find(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null ? Optional.empty() : Optional.ofNullable(header.value());
    }
}
