package io.keyledger.bench;

import io.keyledger.codec.Encoded;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.LedgerHeaders;
import io.keyledger.codec.RecordType;
import io.keyledger.codec.SchemaCatalog;
import io.keyledger.codec.SchemaRecord;
import io.keyledger.event.Topics;
import io.keyledger.table.Row;
import io.keyledger.table.RowKey;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics with rows that the real codec has written, as key-service would have left them. */
final class PlantedLedger {

    static final int PARTITIONS = 4;

    private PlantedLedger() {}

    /** Makes the topics that a Collector needs, without a row. */
    static void makeTopics(String bootstrapServers) throws ExecutionException, InterruptedException {
        var partitions = new HashMap<String, Integer>();
        Topics.TABLES.forEach(table -> partitions.put(table, PARTITIONS));
        Stream.of(Topics.KEY_USAGE, Topics.ACCESS_DENIALS, Topics.TELEMETRY_INFLUX)
                .forEach(topic -> partitions.put(topic, PARTITIONS));
        partitions.put(Topics.SCHEMAS, 1);
        partitions.put(Topics.COLLECTOR_STATUS, 1);
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(partitions.entrySet().stream()
                            .map(topic -> new NewTopic(topic.getKey(), topic.getValue(), (short) 1)
                                    .configs(Map.of(
                                            "cleanup.policy",
                                            Topics.TABLES.contains(topic.getKey()) ? "compact" : "delete")))
                            .toList())
                    .all()
                    .get();
        }
        plant(bootstrapServers, Stream.empty());
    }

    /** Writes rows, and the schemas by which they are read. */
    static void plant(String bootstrapServers, Stream<Row> rows) {
        var catalog = new SchemaCatalog();
        var codec = new LedgerCodec(catalog);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 20, "batch.size", 1 << 18),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            int id = 1;
            for (var type : RecordType.ALL) {
                var schema = new SchemaRecord(type.fingerprint(), id++, type.topic() + "-value", type.schema());
                catalog.learn(schema);
                var _ = producer.send(new ProducerRecord<>(Topics.SCHEMAS, schema.key(), schema.value()));
            }
            rows.forEach(row -> {
                var _ = producer.send(record(codec, row));
            });
        }
    }

    private static ProducerRecord<byte[], byte[]> record(LedgerCodec codec, Row row) {
        return switch (row) {
            case Row.KeyRow key -> record(RecordType.KEY_STATE, key, codec.encode(RecordType.KEY_STATE, key));
            case Row.HostRow host ->
                record(RecordType.HOST_TO_SYSTEM, host, codec.encode(RecordType.HOST_TO_SYSTEM, host));
            case Row.SystemRow system ->
                record(RecordType.SYSTEM_STATE, system, codec.encode(RecordType.SYSTEM_STATE, system));
            case Row.UserRow user -> record(RecordType.USER_STATE, user, codec.encode(RecordType.USER_STATE, user));
            case Row.OrganizationRow organization ->
                record(
                        RecordType.ORGANIZATION_STATE,
                        organization,
                        codec.encode(RecordType.ORGANIZATION_STATE, organization));
        };
    }

    private static ProducerRecord<byte[], byte[]> record(RecordType<?> type, Row row, Encoded encoded) {
        var record = new ProducerRecord<>(
                type.topic(),
                Topics.partition(row.organizationId(), PARTITIONS),
                RowKey.of(row).toBytes(),
                encoded.value());
        LedgerHeaders.putFingerprint(record.headers(), encoded.fingerprint());
        LedgerHeaders.putRevision(record.headers(), row.revision());
        return record;
    }
}
