package io.keyledger.ingest.telemetry;

import io.keyledger.client.LedgerConnection;
import io.keyledger.event.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Telemetry on Kafka, by an idempotent producer with acks=all. While Kafka is away one push at a time tries, and the
 * others are answered at once.
 */
public final class KafkaTelemetryLog implements TelemetryLog, AutoCloseable {

    /** The key's organization, a UUID as text. */
    public static final String HEADER_ORGANIZATION = "organization";
    /** Ids of the Systems of the record's hosts, separated by commas; may be empty. */
    public static final String HEADER_SYSTEMS = "systems";
    /** The id of the key that was pushed with. */
    public static final String HEADER_KEY_ID = "key-id";
    /** When the push arrived, ISO-8601 in UTC. */
    public static final String HEADER_RECEIVED_AT = "received-at";

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTelemetryLog.class);
    private static final Duration TOPIC_RETRY = Duration.ofMillis(200);

    private final Producer<byte[], byte[]> producer;
    private final Executor after;
    private final Thread topicSeeker;

    private volatile boolean topicKnown;
    private volatile boolean away;
    private final AtomicBoolean trying = new AtomicBoolean();

    /**
     * Starts at once to look for the topic, which key-service makes.
     *
     * @param after runs what follows an acknowledgement, so that the thread that hears of it goes on
     */
    public KafkaTelemetryLog(Producer<byte[], byte[]> producer, Executor after) {
        this.producer = producer;
        this.after = after;
        this.topicSeeker = Thread.ofVirtual().name("telemetry-topic").start(this::seekTopic);
    }

    /** The producer that a Collector uses. */
    public static Producer<byte[], byte[]> producer(LedgerConnection connection, TelemetryProperties properties) {
        var config = new HashMap<String, Object>(connection.properties());
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, connection.bootstrapServers());
        config.put(ProducerConfig.CLIENT_ID_CONFIG, connection.clientId() + "-telemetry");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, properties.compression());
        config.put(ProducerConfig.LINGER_MS_CONFIG, properties.linger().toMillis());
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 1024 * 1024);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, properties.maxUnsent().toBytes());
        config.put(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Math.toIntExact(properties.deliveryTimeout().toMillis()));
        config.put(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                Math.toIntExact(properties.requestTimeout().toMillis()));
        // An event loop calls send: it must not wait there for metadata or memory.
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5);
        // Else a topic that was idle for five minutes is forgotten, and the next push would have to wait for it.
        config.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(7).toMillis());
        config.put(ProducerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
        config.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 50);
        config.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 500);
        config.put(ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG, 50);
        config.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void seekTopic() {
        while (!topicKnown && !Thread.currentThread().isInterrupted()) {
            try {
                producer.partitionsFor(Topics.TELEMETRY_INFLUX);
                topicKnown = true;
                LOG.atInfo().addKeyValue("topic", Topics.TELEMETRY_INFLUX).log("Telemetry can be published");
                return;
            } catch (KafkaException e) {
                LOG.atDebug().setCause(e).log("The telemetry topic is not known yet");
            }
            try {
                Thread.sleep(TOPIC_RETRY);
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    @Override
    public CompletionStage<Void> append(Iterator<TelemetryRecord> records) {
        if (!records.hasNext()) {
            return CompletableFuture.completedStage(null);
        }
        if (!topicKnown) {
            return unavailable("The telemetry topic is not known yet.");
        }
        if (!away) {
            return all(records).whenComplete((_, failure) -> settle(failure));
        }
        if (!trying.compareAndSet(false, true)) {
            return unavailable("Kafka is away, and another push is trying.");
        }
        return all(records).whenComplete((_, failure) -> {
            settle(failure);
            trying.set(false);
        });
    }

    /** Fails whatever is thrown, an error too: the one push that tries would else keep all others away for ever. */
    private CompletionStage<Void> all(Iterator<TelemetryRecord> records) {
        return CompletableFuture.completedStage(records).thenCompose(this::some);
    }

    /** Sends some records, and the others when these are acknowledged. */
    private CompletableFuture<Void> some(Iterator<TelemetryRecord> records) {
        var sent = new ArrayList<CompletableFuture<Void>>(UNACKNOWLEDGED_RECORDS);
        try {
            while (records.hasNext() && sent.size() < UNACKNOWLEDGED_RECORDS) {
                sent.add(send(records.next()));
            }
        } catch (RuntimeException e) {
            sent.add(CompletableFuture.failedFuture(e));
        }
        var acknowledged =
                sent.size() == 1 ? sent.getFirst() : CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new));
        return records.hasNext() ? acknowledged.thenComposeAsync(_ -> some(records), after) : acknowledged;
    }

    private void settle(@Nullable Throwable failure) {
        if (failure != null && !isKafkas(failure)) {
            return;
        }
        if (away == (failure == null)) {
            away = failure != null;
            if (failure == null) {
                LOG.atInfo().log("Kafka takes telemetry again");
            } else {
                LOG.atWarn().setCause(failure).log("Kafka does not take telemetry");
            }
        }
    }

    /** One push that finds no room here, or one fault of ours, must not make all the others wait for Kafka. */
    private static boolean isKafkas(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof TelemetryUnavailableException unavailable
                && !unavailable.full()
                && !(unavailable.getCause() instanceof RecordTooLargeException);
    }

    private CompletableFuture<Void> send(TelemetryRecord telemetry) {
        var done = new CompletableFuture<Void>();
        try {
            var _ = producer.send(record(telemetry), (_, failure) -> {
                if (failure == null) {
                    done.complete(null);
                } else {
                    done.completeExceptionally(
                            failure instanceof BufferExhaustedException
                                    ? TelemetryUnavailableException.full(failure)
                                    : TelemetryUnavailableException.away("Kafka did not acknowledge.", failure));
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            done.completeExceptionally(TelemetryUnavailableException.away("The producer cannot send.", e));
        }
        return done;
    }

    private static CompletionStage<Void> unavailable(String message) {
        return CompletableFuture.failedStage(TelemetryUnavailableException.away(message, null));
    }

    private static ProducerRecord<byte[], byte[]> record(TelemetryRecord telemetry) {
        var host = telemetry.firstHost();
        var key = telemetry.organization() + "/" + (host == null ? "" : host.value());
        var record = new ProducerRecord<>(Topics.TELEMETRY_INFLUX, bytes(key), telemetry.value());
        putHeaders(record.headers(), telemetry);
        return record;
    }

    private static void putHeaders(Headers headers, TelemetryRecord telemetry) {
        var systems = new StringJoiner(",");
        telemetry.systems().forEach(system -> systems.add(system.toString()));
        headers.add(HEADER_ORGANIZATION, bytes(telemetry.organization().toString()));
        headers.add(HEADER_SYSTEMS, bytes(systems.toString()));
        headers.add(HEADER_KEY_ID, bytes(telemetry.key().toString()));
        headers.add(HEADER_RECEIVED_AT, bytes(telemetry.receivedAt().toString()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Waits for what is on its way, for as long as a delivery may take. */
    @Override
    public void close() {
        topicSeeker.interrupt();
        producer.close();
    }
}
