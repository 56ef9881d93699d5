package io.keyledger.key.ledger.streams;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;

/** The settings of the ledger's Kafka Streams; what was measured for each stands in RATIONALE.md. */
final class LedgerStreamsSettings {

    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);
    /** What a backlog puts into one transaction. */
    private static final int COMMANDS_AT_ONCE = 100;

    private static final int RETRY_BACKOFF_MS = 20;
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    /** Big fetches: after an unclean stop the stores are read whole. */
    private static final Map<String, Object> RESTORE = Map.of(
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 << 20,
            ConsumerConfig.RECEIVE_BUFFER_CONFIG, 1 << 20);
    /** A broker that is away for long is no reason to give up. */
    private static final Duration PATIENCE = Duration.ofDays(365);

    private LedgerStreamsSettings() {}

    static Properties of(LedgerGeneration generation, LedgerProperties ledger, KafkaProperties kafka) {
        var settings = new Properties();
        settings.putAll(kafka.properties());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, generation.applicationId());
        settings.put(StreamsConfig.CLIENT_ID_CONFIG, generation.applicationId() + "-" + ledger.instanceId());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, ledger.stateDir().toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, ledger.threads());
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, ledger.standbys());
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) kafka.replicationFactor());
        settings.put(StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG), kafka.minInsyncReplicas());
        // As in LedgerTopics: a clock that is ahead must not stop the ledger.
        settings.put(
                StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG),
                Long.toString(Long.MAX_VALUE));
        // The default fails for good on a record without a time, and the changelogs would have the sender's clock.
        settings.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, WallclockTimestampExtractor.class);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // The processor asks for the commit itself: by the clock a burst would be cut after the first of its commands.
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL.toMillis());
        settings.put(StreamsConfig.POLL_MS_CONFIG, 5);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        settings.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, PATIENCE.toMillis());
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        settings.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        consumer(settings, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, ledger.instanceId());
        consumer(settings, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION_TIMEOUT.toMillis());
        consumer(settings, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) HEARTBEAT.toMillis());
        consumer(settings, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer(settings, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, COMMANDS_AT_ONCE);
        RESTORE.forEach((name, value) -> settings.put(StreamsConfig.restoreConsumerPrefix(name), value));
        // All of a transaction in one request to each broker when it is flushed: of two the second may wait for the
        // first's partitions.
        producer(settings, ProducerConfig.LINGER_MS_CONFIG, 100);
        // The same number, so without jitter: what a broker refuses for the other's sake comes again as one request.
        producer(settings, ProducerConfig.RETRY_BACKOFF_MS_CONFIG, RETRY_BACKOFF_MS);
        producer(settings, ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, RETRY_BACKOFF_MS);
        producer(settings, ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) TRANSACTION_TIMEOUT.toMillis());
        producer(settings, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 8 * PartitionLedger.MAX_RECORD_BYTES);
        producer(settings, ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return settings;
    }

    private static void consumer(Properties settings, String name, Object value) {
        settings.put(StreamsConfig.mainConsumerPrefix(name), value);
    }

    private static void producer(Properties settings, String name, Object value) {
        settings.put(StreamsConfig.producerPrefix(name), value);
    }
}
