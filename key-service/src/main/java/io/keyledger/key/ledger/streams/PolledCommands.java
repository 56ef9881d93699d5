package io.keyledger.key.ledger.streams;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Knows which command is the last of those that were polled together: with it the transaction is due. Kafka Streams itself
 * commits by the clock alone, which is either too late for one command or too early for sixteen. Made by Kafka Streams,
 * therefore public.
 */
public final class PolledCommands implements ConsumerInterceptor<byte[], byte[]> {

    /** The last offset by partition. The consumer and the processors of its partitions share a thread. */
    private static final ThreadLocal<Map<Integer, Long>> LAST = ThreadLocal.withInitial(HashMap::new);

    /** Called by Kafka Streams. */
    public PolledCommands() {}

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        var last = LAST.get();
        for (var partition : records.partitions()) {
            last.put(partition.partition(), records.records(partition).getLast().offset());
        }
        return records;
    }

    /** Whether nothing more is waiting that was polled of this partition by this thread. */
    static boolean isLast(int partition, long offset) {
        return offset >= LAST.get().getOrDefault(partition, -1L);
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // Kafka Streams commits with its producer.
    }

    @Override
    public void configure(Map<String, ?> configs) {
        // Nothing to set.
    }

    @Override
    public void close() {
        LAST.remove();
    }
}
