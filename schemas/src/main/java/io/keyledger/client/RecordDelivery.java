package io.keyledger.client;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each record to its follower, in the order of each partition. */
final class RecordDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(RecordDelivery.class);

    private final Map<String, FollowedTopic> topics;
    private final LoaderState state;

    RecordDelivery(Map<String, FollowedTopic> topics, LoaderState state) {
        this.topics = topics;
        this.state = state;
    }

    void deliver(ConsumerRecords<byte[], byte[]> records) {
        for (var partition : records.partitions()) {
            var topic = topics.get(partition.topic());
            if (topic != null) {
                records.records(partition).forEach(record -> deliver(topic, partition, record));
            }
        }
    }

    void reset(FollowedTopic topic) {
        guard(topic.name(), topic.follower()::onReset);
    }

    void tellApplied() {
        guard("the applied rows", state.onApplied);
    }

    private void deliver(FollowedTopic topic, TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
        guard(topic.name(), () -> topic.follower().onRecord(record));
        state.counters.records.increment();
        Headers.revision(record).ifPresent(revision -> state.revisions.begin(partition, revision));
    }

    private void guard(String followed, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            state.counters.listenerFailures.increment();
            LOG.atError().setCause(e).log("A follower of {} failed, and the loader goes on", followed);
        }
    }
}
