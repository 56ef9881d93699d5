package io.keyledger.key.receipt;

import io.keyledger.client.EventReader;
import io.keyledger.client.LedgerConnection;
import io.keyledger.codec.LedgerHeaders;
import io.keyledger.event.EventId;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks an event up in {@code key-events}, by the time in its id: a few seconds of one partition are read. */
final class KafkaPastChanges implements PastChanges {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(200);

    /** An event's time is its command's, and its id is made when the ledger rules; their clocks may differ, too. */
    private static final Duration AROUND = Duration.ofSeconds(30);

    /** Each look-up is a consumer. */
    static final int AT_ONCE = 4;

    private static final int UUID_TIME_SHIFT = 16;

    private final LedgerConnection connection;
    private final EventReader events;
    private final int partitions;
    private final Semaphore free = new Semaphore(AT_ONCE);

    /** @param partitions of the ledger */
    KafkaPastChanges(LedgerConnection connection, EventReader events, int partitions) {
        this.connection = connection;
        this.events = events;
        this.partitions = partitions;
    }

    @Override
    public Optional<LedgerEvent> find(OrganizationId organization, EventId event) {
        if (event.value().version() != 7) {
            return Optional.empty();
        }
        if (!free.tryAcquire()) {
            throw new ReceiptsUnavailableException("Too many changes of long ago are looked up at once.");
        }
        try {
            return read(organization, event);
        } catch (KafkaException e) {
            throw new ReceiptsUnavailableException("The change cannot be looked up in Kafka now.", e);
        } finally {
            free.release();
        }
    }

    private Optional<LedgerEvent> read(OrganizationId organization, EventId event) {
        var made = Instant.ofEpochMilli(event.value().getMostSignificantBits() >>> UUID_TIME_SHIFT);
        var partition = new TopicPartition(Topics.KEY_EVENTS, Topics.partition(organization, partitions));
        try (var consumer = consumer()) {
            consumer.assign(List.of(partition));
            var first = consumer.offsetsForTimes(
                            Map.of(partition, made.minus(AROUND).toEpochMilli()))
                    .get(partition);
            if (first == null) {
                return Optional.empty();
            }
            consumer.seek(partition, first.offset());
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            long last = made.plus(AROUND).toEpochMilli();
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (consumer.position(partition) < end) {
                if (System.nanoTime() > deadline) {
                    throw new ReceiptsUnavailableException("The change cannot be looked up in Kafka in time.");
                }
                for (var record : consumer.poll(POLL)) {
                    if (record.timestamp() > last) {
                        return Optional.empty();
                    }
                    var found = decode(record).filter(it -> it.eventId().equals(event));
                    if (found.isPresent()) {
                        return found.filter(it -> it.organizationId().equals(organization));
                    }
                }
            }
            return Optional.empty();
        }
    }

    private Optional<LedgerEvent> decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(events.read(
                    record.value(),
                    LedgerHeaders.find(record.headers(), Topics.HEADER_FINGERPRINT)
                            .orElse(null)));
        } catch (RuntimeException _) {
            // It has no receipt, and the directory says loudly that it cannot be read.
            return Optional.empty();
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        var settings = new HashMap<String, Object>(connection.properties());
        settings.put("bootstrap.servers", connection.bootstrapServers());
        settings.put("client.id", connection.clientId() + "-past");
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "none");
        settings.put("enable.auto.commit", false);
        settings.put("allow.auto.create.topics", false);
        settings.put("default.api.timeout.ms", (int) TIMEOUT.toMillis());
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
