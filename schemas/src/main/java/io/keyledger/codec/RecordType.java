package io.keyledger.codec;

import io.keyledger.avro.KeyEvent;
import io.keyledger.avro.KeyStateRow;
import io.keyledger.event.CollectorReport;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.Topics;
import io.keyledger.table.Row;
import io.keyledger.table.SourceRow;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * What stands in a topic, and how it is mapped to Avro.
 *
 * @param <T> the kind of value
 */
public final class RecordType<T> {

    private static final LedgerData DATA = new LedgerData();

    public static final RecordType<LedgerEvent> KEY_EVENTS =
            of(Topics.KEY_EVENTS, KeyEvent.getClassSchema(), EventWriter::write, EventReader::read);
    public static final RecordType<Row.KeyRow> KEY_STATE =
            of(Topics.KEY_STATE, KeyStateRow.getClassSchema(), RowMapper::write, RowMapper::read);
    public static final RecordType<Row.HostRow> HOST_TO_SYSTEM = of(
            Topics.HOST_TO_SYSTEM,
            io.keyledger.avro.HostToSystemRow.getClassSchema(),
            RowMapper::write,
            RowMapper::read);
    public static final RecordType<Row.SystemRow> SYSTEM_STATE = of(
            Topics.SYSTEM_STATE, io.keyledger.avro.SystemStateRow.getClassSchema(), RowMapper::write, RowMapper::read);
    public static final RecordType<Row.UserRow> USER_STATE =
            of(Topics.USER_STATE, io.keyledger.avro.UserStateRow.getClassSchema(), RowMapper::write, RowMapper::read);
    public static final RecordType<Row.OrganizationRow> ORGANIZATION_STATE = of(
            Topics.ORGANIZATION_STATE,
            io.keyledger.avro.OrganizationStateRow.getClassSchema(),
            RowMapper::write,
            RowMapper::read);
    public static final RecordType<SourceRow.SealedSecretRow> SEALED_SECRETS = of(
            Topics.SEALED_SECRETS,
            io.keyledger.avro.SealedSecretRow.getClassSchema(),
            RowMapper::write,
            RowMapper::read);
    public static final RecordType<SourceRow.DataKeyRow> DATA_KEYS =
            of(Topics.DATA_KEYS, io.keyledger.avro.DataKeyRow.getClassSchema(), RowMapper::write, RowMapper::read);
    public static final RecordType<CollectorReport.CollectorStatus> COLLECTOR_STATUS = of(
            Topics.COLLECTOR_STATUS,
            io.keyledger.avro.CollectorStatus.getClassSchema(),
            ReportMapper::write,
            ReportMapper::read);
    public static final RecordType<CollectorReport.KeyUsage> KEY_USAGE =
            of(Topics.KEY_USAGE, io.keyledger.avro.KeyUsage.getClassSchema(), ReportMapper::write, ReportMapper::read);
    public static final RecordType<CollectorReport.AccessDenials> ACCESS_DENIALS = of(
            Topics.ACCESS_DENIALS,
            io.keyledger.avro.AccessDenials.getClassSchema(),
            ReportMapper::write,
            ReportMapper::read);

    /** All of them, in the order in which they are registered. */
    public static final List<RecordType<?>> ALL = List.of(
            KEY_EVENTS,
            KEY_STATE,
            HOST_TO_SYSTEM,
            SYSTEM_STATE,
            USER_STATE,
            ORGANIZATION_STATE,
            SEALED_SECRETS,
            DATA_KEYS,
            COLLECTOR_STATUS,
            KEY_USAGE,
            ACCESS_DENIALS);

    private final String topic;
    private final Schema schema;
    private final Schema readerSchema;
    private final Fingerprint fingerprint;
    private final DatumWriter<SpecificRecord> writer;
    private final DatumReader<SpecificRecord> reader;
    private final Function<T, SpecificRecord> toAvro;
    private final Function<SpecificRecord, T> fromAvro;

    private RecordType(
            String topic, Schema generated, Function<T, SpecificRecord> toAvro, Function<SpecificRecord, T> fromAvro) {
        DATA.trust(generated);
        this.topic = topic;
        this.schema = PlainSchema.of(generated);
        this.readerSchema = generated;
        this.fingerprint = Fingerprint.of(generated);
        this.writer = new SpecificDatumWriter<>(generated, DATA);
        this.reader = readerOf(schema);
        this.toAvro = toAvro;
        this.fromAvro = fromAvro;
    }

    @SuppressWarnings("unchecked") // the reader makes instances of the generated class of this schema, and no others
    private static <T, A extends SpecificRecord> RecordType<T> of(
            String topic, Schema schema, Function<T, A> toAvro, Function<A, T> fromAvro) {
        return new RecordType<>(topic, schema, toAvro::apply, record -> fromAvro.apply((A) record));
    }

    /** The topic. */
    public String topic() {
        return topic;
    }

    /** The registry's subject of the values of the topic. */
    public String subject() {
        return topic + "-value";
    }

    /** The schema that this version writes, as it is registered. */
    public Schema schema() {
        return schema;
    }

    /** The fingerprint of the schema that this version writes. */
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    @Override
    public String toString() {
        return topic;
    }

    DatumWriter<SpecificRecord> writer() {
        return writer;
    }

    /** Reads what this version writes. Safe for use by many threads. */
    DatumReader<SpecificRecord> reader() {
        return reader;
    }

    /** Reads what another version wrote. Costs a resolution of both schemas: keep it. */
    DatumReader<SpecificRecord> readerOf(Schema written) {
        // Avro goes by the fields alone: a row of another topic that has them all would pass.
        if (!written.getFullName().equals(readerSchema.getFullName())) {
            throw new IllegalArgumentException(
                    "Expected " + readerSchema.getFullName() + ", but got " + written.getFullName());
        }
        try {
            return new FastReaderBuilder(DATA).createDatumReader(written, readerSchema);
        } catch (IOException e) {
            throw new IllegalStateException("A default of " + readerSchema.getFullName() + " cannot be read.", e);
        }
    }

    SpecificRecord toAvro(T value) {
        return toAvro.apply(value);
    }

    T fromAvro(SpecificRecord value) {
        return fromAvro.apply(value);
    }
}
