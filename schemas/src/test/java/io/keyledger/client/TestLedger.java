package io.keyledger.client;

import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.LedgerHeaders;
import io.keyledger.codec.RecordType;
import io.keyledger.codec.SchemaCatalog;
import io.keyledger.codec.SchemaRecord;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.Topics;
import io.keyledger.local.LocalBroker;
import io.keyledger.table.Row;
import io.keyledger.table.RowKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A broker, and somebody who writes to the ledger's topics. */
final class TestLedger implements AutoCloseable {

    static final int PARTITIONS = 4;

    final SchemaCatalog catalog = new SchemaCatalog();
    final LedgerCodec codec = new LedgerCodec(catalog);
    private LocalBroker broker;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> transactional;
    private final KafkaProducer<byte[], byte[]> plain;

    TestLedger(Path dataDir) {
        int id = 1;
        for (var type : RecordType.ALL) {
            catalog.learn(new SchemaRecord(type.fingerprint(), id++, type.subject(), type.schema()));
        }
        broker = LocalBroker.start(dataDir);
        var servers = broker.bootstrapServers();
        admin = Admin.create(Map.of("bootstrap.servers", servers));
        transactional = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "transactional.id", "test", "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        plain = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        transactional.initTransactions();
    }

    LedgerConnection connection() {
        return new LedgerConnection(broker.bootstrapServers(), "test");
    }

    void createTopics(Map<String, String> configs) throws Exception {
        createTopics(Topics.TABLES, PARTITIONS, configs);
    }

    void createTopics(Collection<String> names, int partitions, Map<String, String> configs) throws Exception {
        admin.createTopics(names.stream()
                        .map(name -> new NewTopic(name, partitions, (short) 1).configs(configs))
                        .toList())
                .all()
                .get();
        // A broker that refuses the first of a producer's batches for want of a leader, and takes the second, never
        // takes the first again.
        var ends = new HashMap<TopicPartition, OffsetSpec>();
        for (var name : names) {
            for (int partition = 0; partition < partitions; partition++) {
                ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
            }
        }
        Eventually.await("each partition's leader", () -> haveLeaders(ends));
    }

    private boolean haveLeaders(Map<TopicPartition, OffsetSpec> ends) {
        try {
            admin.listOffsets(ends).all().get();
            return true;
        } catch (ExecutionException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void deleteTopic(String name) throws Exception {
        admin.deleteTopics(List.of(name)).all().get();
    }

    void stopBroker() {
        broker.close();
    }

    void startBroker() {
        broker = LocalBroker.start(broker.settings());
    }

    /** One transaction, as the ledger writes it. */
    void commit(Row... rows) {
        write(rows).run();
    }

    /** One transaction, all written and not committed yet: by what is answered. */
    Runnable write(Row... rows) {
        transactional.beginTransaction();
        for (var row : rows) {
            var _ = transactional.send(record(row));
        }
        transactional.flush();
        return transactional::commitTransaction;
    }

    void abort(Row... rows) {
        write(rows);
        transactional.abortTransaction();
    }

    void commitTombstone(RowKey key, int partition, long revision) {
        transactional.beginTransaction();
        var record = new ProducerRecord<byte[], byte[]>(key.topic(), partition, key.toBytes(), null);
        LedgerHeaders.putRevision(record.headers(), revision);
        var _ = transactional.send(record);
        transactional.commitTransaction();
    }

    void commitEvents(int partition, LedgerEvent... events) {
        transactional.beginTransaction();
        for (var event : events) {
            var _ = transactional.send(record(partition, event));
        }
        transactional.commitTransaction();
    }

    void abortEvents(int partition, LedgerEvent... events) {
        transactional.beginTransaction();
        for (var event : events) {
            var _ = transactional.send(record(partition, event));
        }
        transactional.flush();
        transactional.abortTransaction();
    }

    /** Without a transaction: committed as soon as it is acknowledged. */
    Future<RecordMetadata> send(Row row) {
        return plain.send(record(row));
    }

    void flush() {
        plain.flush();
    }

    /** Anything at all. */
    void sendRaw(String topic, int partition, byte[] key, byte @Nullable [] value) throws Exception {
        plain.send(new ProducerRecord<>(topic, partition, key, value)).get();
    }

    static int partitionOf(Row row) {
        return Topics.partition(row.organizationId(), PARTITIONS);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private ProducerRecord<byte[], byte[]> record(int partition, LedgerEvent event) {
        var encoded = codec.encode(RecordType.KEY_EVENTS, event);
        var record = new ProducerRecord<>(
                Topics.KEY_EVENTS, partition, bytes(event.organizationId().toString()), encoded.value());
        LedgerHeaders.putFingerprint(record.headers(), encoded.fingerprint());
        LedgerHeaders.putRevision(record.headers(), event.revision());
        return record;
    }

    private ProducerRecord<byte[], byte[]> record(Row row) {
        var encoded = switch (row) {
            case Row.KeyRow key -> codec.encode(RecordType.KEY_STATE, key);
            case Row.HostRow host -> codec.encode(RecordType.HOST_TO_SYSTEM, host);
            case Row.SystemRow system -> codec.encode(RecordType.SYSTEM_STATE, system);
            case Row.UserRow user -> codec.encode(RecordType.USER_STATE, user);
            case Row.OrganizationRow organization -> codec.encode(RecordType.ORGANIZATION_STATE, organization);
        };
        var key = RowKey.of(row);
        var record = new ProducerRecord<>(key.topic(), partitionOf(row), key.toBytes(), encoded.value());
        LedgerHeaders.putFingerprint(record.headers(), encoded.fingerprint());
        LedgerHeaders.putRevision(record.headers(), row.revision());
        return record;
    }

    @Override
    public void close() {
        plain.close(Duration.ZERO);
        transactional.close(Duration.ZERO);
        admin.close(Duration.ZERO);
        broker.close();
    }
}
