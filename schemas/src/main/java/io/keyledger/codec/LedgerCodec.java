package io.keyledger.codec;

import io.keyledger.codec.Decoded.Reason;
import io.keyledger.codec.Decoded.Unreadable;
import io.keyledger.codec.Decoded.Value;
import io.keyledger.event.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Values to and from Confluent's wire format: a zero byte, the registry's id of the schema (int32, big-endian), Avro's
 * binary encoding. Which schema a value was written with is told by its fingerprint, so that reading needs no registry.
 * Safe for use by many threads.
 */
public final class LedgerCodec {

    private static final byte MAGIC = 0;
    private static final int USUAL_BYTES = 512;

    private final SchemaLookup schemas;
    private final Map<Other, DatumReader<SpecificRecord>> others = new ConcurrentHashMap<>();

    private record Other(RecordType<?> type, Fingerprint written) {}

    /** Uses the schemas and ids that {@code schemas} knows at the moment of each call. */
    public LedgerCodec(SchemaLookup schemas) {
        this.schemas = schemas;
    }

    /**
     * Encodes a value. Instants are cut to microseconds.
     *
     * @throws IllegalStateException if the registry's id of the schema is not known yet
     * @throws IllegalArgumentException if the value is an event of unknown type
     */
    public <T> Encoded encode(RecordType<T> type, T value) {
        var id = schemas.findId(type.fingerprint())
                .orElseThrow(() -> new IllegalStateException("Expected the id of the schema of " + type
                        + " in the topic " + Topics.SCHEMAS + ", but it is not there yet."));
        var out = new ByteArrayOutputStream(USUAL_BYTES);
        out.write(MAGIC);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
        try {
            type.writer().write(type.toAvro(value), EncoderFactory.get().directBinaryEncoder(out, null));
        } catch (IOException e) {
            throw new IllegalStateException("Memory cannot be written.", e);
        }
        return new Encoded(out.toByteArray(), type.fingerprint());
    }

    /** Decodes the value of a record by the header {@code fingerprint}, or by the schema's id if there is no such header. */
    public <T> Decoded<T> decode(RecordType<T> type, byte[] value, Headers headers) {
        return decode(
                type,
                value,
                LedgerHeaders.find(headers, Topics.HEADER_FINGERPRINT).orElse(null));
    }

    /**
     * Decodes a value.
     *
     * @param fingerprint the header's 32 bytes; null: there is none, the schema's id in the value has to do
     */
    public <T> Decoded<T> decode(RecordType<T> type, byte[] value, byte @Nullable [] fingerprint) {
        if (value.length < Encoded.PREFIX_BYTES || value[0] != MAGIC) {
            return unreadable(type, Reason.MALFORMED, "it is not in Confluent's wire format");
        }
        try {
            var reader = fingerprint == null ? readerById(type, value) : readerByFingerprint(type, fingerprint);
            var decoder = DecoderFactory.get()
                    .binaryDecoder(value, Encoded.PREFIX_BYTES, value.length - Encoded.PREFIX_BYTES, null);
            var read = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                return unreadable(type, Reason.MALFORMED, "there are bytes left over");
            }
            return new Value<>(type.fromAvro(read));
        } catch (UnreadableException e) {
            return new Unreadable<>(e.reason(), e.message());
        } catch (TooNew e) {
            return unreadable(type, Reason.TOO_NEW, e.getMessage());
        } catch (IOException | RuntimeException e) {
            // Avro's and the mappers' messages may quote the contents: the kind of failure has to do.
            return unreadable(type, Reason.MALFORMED, e.getClass().getSimpleName());
        }
    }

    private DatumReader<SpecificRecord> readerById(RecordType<?> type, byte[] value) {
        var id = ByteBuffer.wrap(value).getInt(1);
        var written = schemas.findFingerprint(id)
                .orElseThrow(() -> new UnreadableException(
                        Reason.UNKNOWN_SCHEMA,
                        message(type, "it has no fingerprint, and the schema with the id " + id + " is not known")));
        return reader(type, written);
    }

    private DatumReader<SpecificRecord> readerByFingerprint(RecordType<?> type, byte[] fingerprint) {
        if (type.fingerprint().matches(fingerprint)) {
            return type.reader();
        }
        if (fingerprint.length != Fingerprint.BYTES) {
            throw new UnreadableException(
                    Reason.MALFORMED, message(type, "its fingerprint has " + fingerprint.length + " bytes"));
        }
        return reader(type, Fingerprint.ofBytes(fingerprint));
    }

    private DatumReader<SpecificRecord> reader(RecordType<?> type, Fingerprint written) {
        if (type.fingerprint().equals(written)) {
            return type.reader();
        }
        return others.computeIfAbsent(
                new Other(type, written),
                _ -> schemas.findSchema(written)
                        .map(type::readerOf)
                        .orElseThrow(() -> new UnreadableException(
                                Reason.UNKNOWN_SCHEMA,
                                message(type, "the schema with the fingerprint " + written + " is not known"))));
    }

    private static <T> Decoded<T> unreadable(RecordType<T> type, Reason reason, @Nullable String why) {
        return new Unreadable<>(reason, message(type, why));
    }

    private static String message(RecordType<?> type, @Nullable String why) {
        return "A value of " + type + " cannot be read: " + why + ".";
    }
}
