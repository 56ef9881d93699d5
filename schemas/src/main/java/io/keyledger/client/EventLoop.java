package io.keyledger.client;

import io.keyledger.event.LedgerEvent;
import io.keyledger.event.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** What a {@link KeyEventsConsumer} does with one Kafka consumer, until something throws. */
final class EventLoop {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final EventReader reader;
    private final EventHandler handler;
    private final Map<Integer, StartPosition> next;
    private final Map<Integer, Long> lags;
    private final CompletableFuture<Void> caughtUp;
    private final Runnable onProgress;
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    /**
     * @param next where to go on in each partition: it outlives this loop
     * @param lags how far each partition is behind, in offsets: it outlives this loop
     * @param onProgress told after each successful step
     */
    EventLoop(
            Consumer<byte[], byte[]> consumer,
            EventReader reader,
            EventHandler handler,
            Map<Integer, StartPosition> next,
            Map<Integer, Long> lags,
            CompletableFuture<Void> caughtUp,
            Runnable onProgress) {
        this.consumer = consumer;
        this.reader = reader;
        this.handler = handler;
        this.next = next;
        this.lags = lags;
        this.caughtUp = caughtUp;
        this.onProgress = onProgress;
    }

    /** Assigns all partitions and seeks each to where it goes on. */
    void open(StartPositions positions) throws Exception {
        var partitions = new ArrayList<TopicPartition>();
        for (var info : consumer.partitionsFor(Topics.KEY_EVENTS)) {
            partitions.add(new TopicPartition(info.topic(), info.partition()));
        }
        if (partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException("The topic " + Topics.KEY_EVENTS + " does not exist yet.");
        }
        consumer.assign(partitions);
        var beginnings = consumer.beginningOffsets(partitions);
        ends.putAll(consumer.endOffsets(partitions));
        for (var partition : partitions) {
            var known = next.get(partition.partition());
            var start = known != null ? known : positions.of(partition.partition());
            next.put(partition.partition(), start);
            long beginning = beginnings.getOrDefault(partition, 0L);
            consumer.seek(
                    partition,
                    switch (start) {
                        case StartPosition.Beginning _ -> beginning;
                        case StartPosition.Offset(long offset) -> offset;
                        // Each revision takes an offset at least: revision n stands at offset n - 1 or later. A log
                        // that is
                        // too short for it is out of range, loudly.
                        case StartPosition.AfterRevision(long revision) -> Math.max(revision, beginning);
                    });
        }
    }

    /** Polls once and hands over what came. */
    void step() throws Exception {
        var records = consumer.poll(POLL);
        if (!records.isEmpty()) {
            // What the handler has not taken yet is still to come, however far the consumer has read.
            measureLags(records);
            handOver(records);
        }
        measureLags(ConsumerRecords.empty());
        onProgress.run();
        if (!caughtUp.isDone()
                && ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue())) {
            caughtUp.complete(null);
        }
    }

    private void measureLags(ConsumerRecords<byte[], byte[]> untaken) {
        for (var partition : consumer.assignment()) {
            var ahead = consumer.currentLag(partition);
            if (ahead.isPresent()) {
                lags.put(
                        partition.partition(),
                        ahead.getAsLong() + untaken.records(partition).size());
            }
        }
    }

    private void handOver(ConsumerRecords<byte[], byte[]> records) throws Exception {
        var events = new ArrayList<FollowedEvent>();
        var offsets = new HashMap<Integer, Long>();
        for (var record : records) {
            var event = new FollowedEvent(record, read(record));
            if (!isBeforeStart(event)) {
                events.add(event);
                offsets.put(record.partition(), record.offset() + 1);
            }
        }
        if (!events.isEmpty()) {
            take(new EventBatch(events, offsets));
            offsets.forEach((partition, offset) -> next.put(partition, new StartPosition.Offset(offset)));
        }
    }

    private void take(EventBatch batch) throws Exception {
        try {
            handler.onBatch(batch);
        } catch (Exception e) {
            // The next loop starts from what is stored: a database may come back with less than it had.
            next.clear();
            throw e;
        }
    }

    private boolean isBeforeStart(FollowedEvent event) {
        return next.get(event.partition()) instanceof StartPosition.AfterRevision(long revision)
                && event.revision().isPresent()
                && event.revision().getAsLong() <= revision;
    }

    private @Nullable LedgerEvent read(ConsumerRecord<byte[], byte[]> record) {
        // Kafka's API does not say that a value may be missing, but anybody with access can write one without.
        byte @Nullable [] value = record.value();
        if (value == null) {
            return null;
        }
        try {
            return reader.read(value, Headers.value(record, Topics.HEADER_FINGERPRINT));
        } catch (RuntimeException _) {
            // The handler gets the record raw, which is the answer to it.
            return null;
        }
    }
}
