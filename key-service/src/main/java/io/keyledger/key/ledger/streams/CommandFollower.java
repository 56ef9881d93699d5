package io.keyledger.key.ledger.streams;

import io.keyledger.event.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows all partitions of commands and replies from an hour ago on, on a thread of its own. No consumer group: each
 * instance sees all, and none waits for another.
 */
final class CommandFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CommandFollower.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final KafkaProperties kafka;
    private final List<TopicPartition> partitions;
    private final InstantSource clock;
    private final Consumer<ConsumerRecord<byte[], byte[]>> handler;
    private final FatalEnd end;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Thread thread;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> open;
    private volatile boolean positioned;
    private volatile boolean closed;

    CommandFollower(
            KafkaProperties kafka,
            int partitions,
            InstantSource clock,
            Consumer<ConsumerRecord<byte[], byte[]>> handler,
            FatalEnd end) {
        this.kafka = kafka;
        this.partitions = Stream.of(Topics.KEY_COMMANDS, Topics.KEY_COMMAND_REPLIES)
                .flatMap(topic -> IntStream.range(0, partitions).mapToObj(number -> new TopicPartition(topic, number)))
                .toList();
        this.clock = clock;
        this.handler = handler;
        this.end = end;
        this.thread = Thread.ofPlatform().name("ledger-replies").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Whether everything that was there at the start has been read: from then on no reply is missed. */
    boolean positioned() {
        return positioned;
    }

    @Override
    public void close() {
        closed = true;
        var consumer = open;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(CLOSE_TIMEOUT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            follow();
        } catch (RuntimeException | Error e) {
            // Without this thread every command is applied and none is answered.
            end.because("the ledger's replies are no longer read; start it again.", e);
        }
    }

    private void follow() {
        var reported = false;
        while (!closed) {
            try (var consumer = consumer()) {
                open = consumer;
                consumer.assign(partitions);
                position(consumer);
                reported = false;
                while (!closed) {
                    poll(consumer);
                }
            } catch (WakeupException _) {
                // Only close() wakes it up, and the loop looks at it.
            } catch (KafkaException e) {
                if (!reported && !closed) {
                    LOG.atWarn().setCause(e).log("Cannot follow the ledger's replies for now, and try again");
                    reported = true;
                }
                pause();
            }
        }
    }

    private void position(KafkaConsumer<byte[], byte[]> consumer) {
        if (next.isEmpty()) {
            var since = clock.instant().minus(CommandOutcomes.KEPT).toEpochMilli();
            var times = new HashMap<TopicPartition, Long>();
            partitions.forEach(partition -> times.put(partition, since));
            var ends = consumer.endOffsets(partitions);
            consumer.offsetsForTimes(times)
                    .forEach((partition, found) ->
                            next.put(partition, found == null ? ends.getOrDefault(partition, 0L) : found.offset()));
        }
        next.forEach(consumer::seek);
        var ends = consumer.endOffsets(partitions);
        while (!closed && ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll(consumer);
        }
        positioned = true;
    }

    private void poll(KafkaConsumer<byte[], byte[]> consumer) {
        for (var record : consumer.poll(POLL)) {
            try {
                handler.accept(record);
            } catch (RuntimeException e) {
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("topic", record.topic())
                        .log("A record was not understood: passed over");
            }
            next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        var settings = Map.<String, Object>of(
                "isolation.level",
                "read_committed",
                // What was deleted while this process stood still is an hour old: nobody waits for it.
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "allow.auto.create.topics",
                false);
        return new KafkaConsumer<>(
                kafka.client("keyledger-replies", settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
