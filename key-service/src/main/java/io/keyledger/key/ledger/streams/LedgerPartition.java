package io.keyledger.key.ledger.streams;

import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;

/**
 * One partition number of the ledger's topics, read as a whole: each call reads all that was written before it, and waits
 * for the transactions that are open.
 */
record LedgerPartition(CommittedReader reader, LedgerAdmin admin, int number) {

    void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        readFrom(0, topic, handler);
    }

    void readFrom(long offset, String topic, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        var partition = List.of(new TopicPartition(topic, number));
        admin.settle(partition);
        reader.read(partition, offset, handler);
    }

    /** A store, as its changelog has it. */
    StateRecords.InMemory store(String changelog) {
        var store = new StateRecords.InMemory();
        read(changelog, record -> store.put(Bytes.wrap(record.key()), record.value()));
        return store;
    }
}
