package io.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.RecordType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every record of a whole run, events, rows and reports, is read by an independent deserializer of the wire format with
 * the registry's schemas, and says what the codec says.
 */
@ExtendWith(SharedSuite.class)
class WireFormatIT {

    private static final int PREFIX_BYTES = 5;

    @Test
    void anIndependentDeserializerReadsEveryRecord(Suite suite) throws IOException {
        // Something of each kind, also when this test runs alone.
        var tenant = suite.newTenant("wire format");
        var secret = tenant.newOverride(tenant.newSystem("shop", "web"));
        tenant.pushEverywhere(secret, "cpu,host=web usage=1\n");
        tenant.push(0, secret, "cpu,host=elsewhere usage=1\n");
        var codec = new LedgerCodec(Schemas.of(suite));
        var counts = new HashMap<String, Integer>();
        try (var independent = new AvroKafkaDeserializer<GenericRecord>()) {
            independent.configure(
                    Map.of(
                            "apicurio.registry.url",
                            suite.registry.url().replace("/ccompat/v7", "/registry/v3"),
                            "apicurio.registry.use-specific-avro-reader",
                            false),
                    false);
            for (var type : RecordType.ALL) {
                for (var record : KafkaLog.readAll(suite.broker.bootstrapServers(), type.topic())) {
                    if (record.value() != null && record.headers().lastHeader(UnreadableRecordsIT.PLANTED) == null) {
                        check(codec, type, independent, record);
                        counts.merge(type.topic(), 1, Integer::sum);
                    }
                }
            }
        }
        System.out.println("[wire format] read by both: " + counts);
        for (var type : RecordType.ALL) {
            assertThat(counts).as("records of each type").containsKey(type.topic());
        }
    }

    private static <T> void check(
            LedgerCodec codec,
            RecordType<T> type,
            AvroKafkaDeserializer<GenericRecord> independent,
            ConsumerRecord<byte[], byte[]> record)
            throws IOException {
        var theirs = independent.deserialize(record.topic(), record.value());
        var ours = codec.decode(type, record.value(), record.headers()).orThrow();
        var place = record.topic() + "-" + record.partition() + "@" + record.offset();
        assertThat(codec.encode(type, ours).value())
                .as("the codec's own bytes of %s", place)
                .isEqualTo(record.value());
        assertThat(encode(theirs))
                .as("what the other deserializer read of %s", place)
                .isEqualTo(Arrays.copyOfRange(record.value(), PREFIX_BYTES, record.value().length));
    }

    private static byte[] encode(GenericRecord record) throws IOException {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        return out.toByteArray();
    }
}
