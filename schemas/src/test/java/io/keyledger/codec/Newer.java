package io.keyledger.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Plays a newer version: writes a value with a schema that this version does not have. */
final class Newer {

    private final SchemaCatalog catalog = EncodedSamples.catalog();
    private final LedgerCodec codec = new LedgerCodec(catalog);

    /** The codec, which has learnt the newer schema. */
    LedgerCodec codec() {
        return codec;
    }

    /** Today's value, written by a version whose schema is {@code where} replaced by {@code into}, changed by {@code change}. */
    <T> Encoded write(RecordType<T> type, T value, String where, String into, Consumer<GenericRecord> change)
            throws IOException {
        var text = type.schema().toString();
        var newer = new Schema.Parser().parse(text.replace(where, into));
        var fingerprint = Fingerprint.of(newer);
        catalog.learn(new SchemaRecord(fingerprint, 99, type.subject(), newer));
        var today = codec.encode(type, value).value();
        var decoder = DecoderFactory.get().binaryDecoder(today, 5, today.length - 5, null);
        var written = new GenericDatumReader<GenericRecord>(type.schema(), newer).read(null, decoder);
        change.accept(written);
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 0, 0, 0, 99});
        new GenericDatumWriter<GenericRecord>(newer)
                .write(written, EncoderFactory.get().directBinaryEncoder(out, null));
        return new Encoded(out.toByteArray(), fingerprint);
    }

    <T> Decoded<T> read(RecordType<T> type, Encoded encoded) {
        return codec.decode(type, encoded.value(), encoded.fingerprint().toBytes());
    }
}
