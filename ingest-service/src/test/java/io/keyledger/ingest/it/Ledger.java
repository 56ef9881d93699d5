package io.keyledger.ingest.it;

import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.LedgerHeaders;
import io.keyledger.codec.RecordType;
import io.keyledger.codec.SchemaCatalog;
import io.keyledger.codec.SchemaRecord;
import io.keyledger.event.HostName;
import io.keyledger.event.KeyId;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.SecretHash;
import io.keyledger.event.SystemId;
import io.keyledger.event.Topics;
import io.keyledger.table.Row;
import io.keyledger.table.Row.HostRow;
import io.keyledger.table.Row.KeyRow;
import io.keyledger.table.Row.OrganizationRow;
import io.keyledger.table.Row.SystemRow;
import io.keyledger.table.RowKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Stands for key-service: makes the topics, and writes rows in Kafka transactions as the ledger does. */
final class Ledger implements AutoCloseable {

    static final int PARTITIONS = 4;
    static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    private final SchemaCatalog catalog = new SchemaCatalog();
    private final LedgerCodec codec = new LedgerCodec(catalog);
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> reader;
    private long revision;

    Ledger(String bootstrapServers) throws ExecutionException, InterruptedException {
        makeTopics(bootstrapServers);
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "transactional.id",
                        "ledger",
                        "acks",
                        "all",
                        "linger.ms",
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        producer.initTransactions();
        producer.beginTransaction();
        var id = 1;
        for (var type : RecordType.ALL) {
            var schema = new SchemaRecord(type.fingerprint(), id++, type.topic() + "-value", type.schema());
            catalog.learn(schema);
            var _ = producer.send(new ProducerRecord<>(Topics.SCHEMAS, schema.key(), schema.value()));
        }
        producer.commitTransaction();
    }

    private static void makeTopics(String bootstrapServers) throws ExecutionException, InterruptedException {
        var topics = new HashMap<String, Integer>();
        Topics.TABLES.forEach(table -> topics.put(table, PARTITIONS));
        topics.put(Topics.SCHEMAS, 1);
        topics.put(Topics.COLLECTOR_STATUS, 1);
        topics.put(Topics.KEY_USAGE, 1);
        topics.put(Topics.ACCESS_DENIALS, 1);
        topics.put(Topics.TELEMETRY_INFLUX, 2);
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(topics.entrySet().stream()
                            .map(topic -> new NewTopic(topic.getKey(), topic.getValue(), (short) 1)
                                    .configs(
                                            Map.of("cleanup.policy", compacted(topic.getKey()) ? "compact" : "delete")))
                            .toList())
                    .all()
                    .get();
        }
    }

    private static boolean compacted(String topic) {
        return Topics.TABLES.contains(topic) || topic.equals(Topics.SCHEMAS) || topic.equals(Topics.COLLECTOR_STATUS);
    }

    LedgerCodec codec() {
        return codec;
    }

    /** Writes rows in one transaction, and returns when read-committed readers can see all of them, as key-service does. */
    void write(Row... rows) {
        commit(Stream.of(rows).map(this::record).toList());
    }

    /** A record that nobody can read, in place of a row. */
    void spoil(Row row) {
        var record = record(row);
        var garbage = new byte[] {0, 0, 0, 0, 99, 1, 2, 3};
        commit(List.of(
                new ProducerRecord<>(record.topic(), record.partition(), record.key(), garbage, record.headers())));
    }

    private void commit(List<ProducerRecord<byte[], byte[]>> records) {
        producer.beginTransaction();
        revision++;
        var sent = records.stream().map(producer::send).toList();
        producer.commitTransaction();
        // The answer to a commit comes before its markers have reached every partition.
        sent.forEach(this::awaitVisible);
    }

    private void awaitVisible(Future<RecordMetadata> sent) {
        try {
            var written = sent.get();
            var partition = new TopicPartition(written.topic(), written.partition());
            while (reader.endOffsets(List.of(partition)).getOrDefault(partition, 0L) <= written.offset()) {
                Thread.sleep(1);
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private ProducerRecord<byte[], byte[]> record(Row row) {
        return switch (row) {
            case KeyRow key -> record(RecordType.KEY_STATE, key);
            case HostRow host -> record(RecordType.HOST_TO_SYSTEM, host);
            case SystemRow system -> record(RecordType.SYSTEM_STATE, system);
            case Row.UserRow user -> record(RecordType.USER_STATE, user);
            case OrganizationRow organization -> record(RecordType.ORGANIZATION_STATE, organization);
        };
    }

    private <R extends Row> ProducerRecord<byte[], byte[]> record(RecordType<R> type, R row) {
        var encoded = codec.encode(type, row);
        var partition = Topics.partition(row.organizationId(), PARTITIONS);
        var record =
                new ProducerRecord<>(type.topic(), partition, RowKey.of(row).toBytes(), encoded.value());
        LedgerHeaders.putFingerprint(record.headers(), encoded.fingerprint());
        LedgerHeaders.putRevision(record.headers(), revision);
        return record;
    }

    OrganizationRow organization(OrganizationId id, OrganizationSettings settings) {
        return new OrganizationRow(id, settings, null, revision);
    }

    KeyRow key(OrganizationId organization, String secret, @Nullable SystemId system, KeyStatus status) {
        var hash = SecretHash.ofSecret(secret);
        return new KeyRow(
                hash,
                organization,
                new KeyId(UUID.nameUUIDFromBytes(hash.toBytes())),
                system == null ? KeyKind.GLOBAL : KeyKind.SYSTEM,
                status,
                system,
                null,
                Set.of(),
                LONG_AGO,
                null,
                null,
                revision);
    }

    SystemRow system(OrganizationId organization, SystemId system, @Nullable Instant overrideRequiredFrom) {
        return new SystemRow(system, organization, overrideRequiredFrom, revision);
    }

    HostRow host(OrganizationId organization, String host, SystemId system) {
        return new HostRow(organization, new HostName(host), system, revision);
    }

    static List<String> newSecrets(int count) {
        return Stream.generate(() -> UUID.randomUUID().toString()).limit(count).toList();
    }

    @Override
    public void close() {
        reader.close();
        producer.close();
    }
}
