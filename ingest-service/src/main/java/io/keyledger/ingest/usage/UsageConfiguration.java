package io.keyledger.ingest.usage;

import io.keyledger.client.LedgerConnection;
import io.keyledger.client.LedgerTablesLoader;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.table.StalenessRule;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Objects;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the Collector counts, and where it tells it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CollectorProperties.class)
class UsageConfiguration {

    @Bean
    UsageBook usageBook(CollectorProperties properties) {
        return new UsageBook(properties.maxUsageEntries());
    }

    @Bean
    DenialBook denialBook(CollectorProperties properties) {
        return new DenialBook(properties.maxDenialEntries());
    }

    @Bean
    PushRecorder pushRecorder(MeterRegistry registry, UsageBook usage, DenialBook denials) {
        return new PushRecorder(new PushMeters(registry), usage, denials);
    }

    @Bean
    ChangeSignal changeSignal() {
        return new ChangeSignal();
    }

    @Bean
    CollectorReporter collectorReporter(
            CollectorProperties properties,
            @Value("${keyledger.table.max-staleness:5m}") Duration maxStaleness,
            @Value("${keyledger.table.fail-open:false}") boolean failOpen,
            LedgerConnection connection,
            LedgerCodec codec,
            LedgerTablesLoader loader,
            UsageBook usage,
            DenialBook denials,
            ChangeSignal changes,
            InstantSource clock) {
        var reports = new CollectorReports(
                properties, version(), new StalenessRule(maxStaleness, failOpen), loader, usage, denials, clock);
        var reporter = new CollectorReporter(codec, producer(connection), reports, properties);
        changes.to(reporter::onChange);
        var _ = loader.whenLoaded().thenRun(reporter::onChange);
        reporter.start();
        return reporter;
    }

    private static String version() {
        return Objects.requireNonNullElse(
                UsageConfiguration.class.getPackage().getImplementationVersion(), "development");
    }

    private static Producer<byte[], byte[]> producer(LedgerConnection connection) {
        var config = new HashMap<String, Object>(connection.properties());
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, connection.bootstrapServers());
        config.put(ProducerConfig.CLIENT_ID_CONFIG, connection.clientId() + "-reports");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 8L * 1024 * 1024);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
        config.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
