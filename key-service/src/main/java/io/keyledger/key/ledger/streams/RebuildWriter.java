package io.keyledger.key.ledger.streams;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * What a rebuild writes, in transactions of bounded size: readers of the tables wait for the end of one. There is one
 * writer: one that begins fences the one before, and undoes what it has left half done.
 */
final class RebuildWriter implements AutoCloseable {

    private static final int CHUNK = 10_000;
    /**
     * Longer than the ledger's, for a table is read on between two of its rows that are mended; and short, for what an
     * interrupted rebuild leaves open holds all readers up.
     */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(1);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private static final int BATCH_BYTES = 256 << 10;

    private final KafkaProducer<byte[], byte[]> producer;
    private int inChunk;

    RebuildWriter(KafkaProperties kafka) {
        producer = new KafkaProducer<>(
                kafka.client(
                        "keyledger-rebuild",
                        Map.of(
                                "transactional.id",
                                "keyledger-rebuild",
                                "transaction.timeout.ms",
                                (int) TRANSACTION_TIMEOUT.toMillis(),
                                "acks",
                                "all",
                                "linger.ms",
                                20,
                                "batch.size",
                                BATCH_BYTES,
                                "compression.type",
                                "lz4",
                                "max.request.size",
                                8 * PartitionLedger.MAX_RECORD_BYTES)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    /** Writes a record in this transaction or the next. */
    void write(int partition, Outgoing record) {
        var value = record.value();
        write(
                record.topic(),
                partition,
                record.key().recordKey().get(),
                value == null ? null : value.get(),
                record.headers());
    }

    /** Writes a whole store to its changelog. */
    void write(String changelog, int partition, StateRecords.InMemory store) {
        store.map().forEach((key, value) -> write(changelog, partition, key.get(), value, List.of()));
    }

    /** Ends the transaction that is open, if one is. */
    void commit() {
        if (inChunk > 0) {
            inChunk = 0;
            producer.commitTransaction();
        }
    }

    /**
     * Writes the record that ends the rebuild, and the offsets of the group that it holds, in one transaction.
     *
     * @throws KafkaException if the group was not held all the time: then nothing is written
     */
    void finish(
            String topic,
            byte[] key,
            byte[] value,
            ConsumerGroupMetadata member,
            Map<TopicPartition, OffsetAndMetadata> offsets) {
        commit();
        write(topic, 0, key, value, List.of());
        producer.sendOffsetsToTransaction(offsets, member);
        commit();
    }

    @SuppressWarnings("NullAway") // a record without a value is a tombstone
    private void write(String topic, int partition, byte[] key, byte @Nullable [] value, Iterable<Header> headers) {
        if (inChunk == 0) {
            producer.beginTransaction();
        }
        inChunk++;
        // A record that cannot be written is told at the commit, which then fails.
        var _ = producer.send(new ProducerRecord<>(topic, partition, key, value, headers));
        if (inChunk == CHUNK) {
            commit();
        }
    }

    /** Undoes the transaction that may be open. */
    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
