package io.keyledger.audit.record;

import io.keyledger.codec.Fingerprint;
import io.keyledger.codec.RecordType;
import io.keyledger.codec.SchemaRecord;
import io.keyledger.event.LedgerEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Plays a later version of the ledger, which has one more type of event. */
final class NewerEvents {

    private static final int ID = 99;
    private static final int PREFIX = 5;

    private NewerEvents() {}

    /** Its schema: today's and one more payload. */
    static SchemaRecord schema() {
        var today = RecordType.KEY_EVENTS.schema();
        var fields = new ArrayList<Schema.Field>();
        today.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        var blessing = Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING));
        fields.add(new Schema.Field("keyBlessed", blessing, "A payload.", Schema.Field.NULL_DEFAULT_VALUE));
        var newer = Schema.createRecord(today.getName(), today.getDoc(), today.getNamespace(), false, fields);
        return new SchemaRecord(Fingerprint.of(newer), ID, RecordType.KEY_EVENTS.subject(), newer);
    }

    /** The event's envelope around the new payload. */
    static byte[] write(SchemaRecord newer, LedgerEvent event) throws IOException {
        return write(newer, event, "KeyBlessed");
    }

    /** The same of another type. */
    static byte[] write(SchemaRecord newer, LedgerEvent event, String type) throws IOException {
        var today = SampleLedger.CODEC.encode(RecordType.KEY_EVENTS, event).value();
        var decoder = DecoderFactory.get().binaryDecoder(today, PREFIX, today.length - PREFIX, null);
        var record = new GenericDatumReader<GenericRecord>(RecordType.KEY_EVENTS.schema(), newer.schema())
                .read(null, decoder);
        record.put("type", type);
        record.put("userEnabled", null);
        record.put("keyBlessed", "with a long life");
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 0, 0, 0, ID});
        new GenericDatumWriter<GenericRecord>(newer.schema())
                .write(record, EncoderFactory.get().directBinaryEncoder(out, null));
        return out.toByteArray();
    }
}
