package io.keyledger.audit;

import io.keyledger.audit.chain.Evidence;
import io.keyledger.audit.record.SampleLedger;
import io.keyledger.codec.Fingerprint;
import io.keyledger.codec.LedgerHeaders;
import io.keyledger.codec.RecordType;
import io.keyledger.event.Topics;
import io.keyledger.table.Row;
import io.keyledger.table.RowKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to Kafka what the ledger writes, in transactions. */
public final class SuiteKafka implements AutoCloseable {

    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    /** Makes the topics and says the ledger's id. */
    public SuiteKafka(String bootstrapServers, int partitions) throws Exception {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        var topics = new ArrayList<NewTopic>();
        var compact = Map.of("cleanup.policy", "compact");
        topics.add(new NewTopic(Topics.KEY_EVENTS, partitions, (short) 1).configs(Map.of("retention.ms", "-1")));
        Topics.TABLES.forEach(table -> topics.add(new NewTopic(table, partitions, (short) 1).configs(compact)));
        topics.add(new NewTopic(Topics.SCHEMAS, 1, (short) 1).configs(compact));
        topics.add(new NewTopic(Topics.LEDGER_ID, 1, (short) 1));
        admin.createTopics(topics).all().get();
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "transactional.id",
                        "sample-ledger",
                        "linger.ms",
                        "0",
                        "enable.metrics.push",
                        "false"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        var id = SampleLedger.LEDGER_ID.toString().getBytes(StandardCharsets.UTF_8);
        commit(List.of(new ProducerRecord<>(Topics.LEDGER_ID, 0, null, id)));
    }

    /** Writes events in one transaction. */
    public void events(List<Evidence> events) {
        commit(events.stream().map(SuiteKafka::record).toList());
    }

    /** Writes events and takes them back: their offsets are used up, and nobody who reads committed may see them. */
    public void abort(List<Evidence> events) {
        producer.beginTransaction();
        send(events.stream().map(SuiteKafka::record).toList());
        producer.flush();
        producer.abortTransaction();
    }

    /** Writes a row of a table; returns when whoever reads committed can see it, as the ledger answers a change. */
    public <R extends Row> void row(RecordType<R> type, R row, int partitions) throws Exception {
        var encoded = SampleLedger.CODEC.encode(type, row);
        var record = new ProducerRecord<>(
                type.topic(),
                Topics.partition(row.organizationId(), partitions),
                RowKey.of(row).toBytes(),
                encoded.value());
        LedgerHeaders.putFingerprint(record.headers(), encoded.fingerprint());
        LedgerHeaders.putRevision(record.headers(), row.revision());
        producer.beginTransaction();
        var written = producer.send(record);
        producer.commitTransaction();
        // The marker that makes it visible is written after the answer to the commit.
        var partition = new TopicPartition(record.topic(), record.partition());
        while (committedEnd(partition) <= written.get().offset()) {
            Thread.onSpinWait();
        }
    }

    private long committedEnd(TopicPartition partition) throws Exception {
        var options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()), options)
                .partitionResult(partition)
                .get()
                .offset();
    }

    /** Writes records as they are, in one transaction. */
    public void commit(List<ProducerRecord<byte[], byte[]>> records) {
        producer.beginTransaction();
        send(records);
        producer.commitTransaction();
    }

    private void send(List<ProducerRecord<byte[], byte[]>> records) {
        for (var record : records) {
            // A failed one fails the commit.
            var _ = producer.send(record);
        }
    }

    /** An event as the ledger writes it. */
    public static ProducerRecord<byte[], byte[]> record(Evidence event) {
        var record = new ProducerRecord<>(
                Topics.KEY_EVENTS, event.partition(), event.key().toArray(), SampleLedger.value(event));
        LedgerHeaders.putFingerprint(
                record.headers(), Fingerprint.ofBytes(event.fingerprint().toArray()));
        LedgerHeaders.putRevision(record.headers(), event.revision());
        LedgerHeaders.putChain(
                record.headers(), event.leaf().toArray(), event.chain().toArray());
        return record;
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
