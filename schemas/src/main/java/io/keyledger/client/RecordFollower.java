package io.keyledger.client;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Told of the committed records of a topic as they stand, in the order of each partition, on the loader's thread: it
 * must not block. What it throws is counted and logged, and the record counts as seen.
 */
@FunctionalInterface
public interface RecordFollower {

    /** One record; a null value is a tombstone. A record may come again, followed by all after it. */
    void onRecord(ConsumerRecord<byte[], byte[]> record);

    /** What was told of this topic is void: it is loaded anew from its beginning. */
    default void onReset() {}
}
