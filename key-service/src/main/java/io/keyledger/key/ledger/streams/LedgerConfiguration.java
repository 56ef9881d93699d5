package io.keyledger.key.ledger.streams;

import io.keyledger.client.CodecReaders;
import io.keyledger.client.LedgerConnection;
import io.keyledger.client.LedgerTablesLoader;
import io.keyledger.client.LoaderBuilder;
import io.keyledger.client.RecordFollower;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.SchemaCatalog;
import io.keyledger.codec.SchemaRegistrar;
import io.keyledger.event.Topics;
import io.keyledger.table.Freshness;
import io.keyledger.table.LedgerTables;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the ledger in place. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({LedgerProperties.class, KafkaProperties.class, RegistryProperties.class})
public class LedgerConfiguration {

    @Bean
    SchemaCatalog schemaCatalog() {
        return new SchemaCatalog();
    }

    @Bean
    LedgerCodec ledgerCodec(SchemaCatalog catalog) {
        return new LedgerCodec(catalog);
    }

    @Bean
    LedgerConnection ledgerConnection(KafkaProperties kafka, LedgerProperties ledger) {
        return new LedgerConnection(kafka.bootstrapServers(), ledger.instanceId(), kafka.properties());
    }

    @Bean(destroyMethod = "close")
    LedgerTablesLoader ledgerTablesLoader(
            LedgerConnection connection,
            LedgerCodec codec,
            SchemaCatalog catalog,
            LedgerProperties ledger,
            @Qualifier("dataKeysFollower") RecordFollower dataKeys) {
        return new LoaderBuilder(connection, CodecReaders.rows(codec))
                .keep(LoadedRows.KEPT)
                .followFromEnd(Topics.HOST_TO_SYSTEM)
                .follow(Topics.DATA_KEYS, dataKeys)
                .learnSchemas(catalog)
                .expectPartitions(ledger.partitions())
                .start();
    }

    @Bean
    LedgerTables ledgerTables(LedgerTablesLoader loader) {
        return loader.tables();
    }

    @Bean
    Freshness freshness(LedgerTablesLoader loader) {
        return loader.freshness();
    }

    @Bean
    LedgerMeters ledgerMeters(MeterRegistry registry) {
        return new LedgerMeters(registry);
    }

    @Bean
    FatalEnd fatalEnd() {
        return new ExitProcess();
    }

    /** Closed by the lifecycle, in its order. */
    @Bean(destroyMethod = "")
    KafkaCommandGateway commandGateway(
            LedgerProperties ledger,
            KafkaProperties kafka,
            LedgerTablesLoader loader,
            LedgerMeters meters,
            FatalEnd end) {
        var visibility = new Visibility(new LoadedRows(loader));
        return new KafkaCommandGateway(ledger, kafka, InstantSource.system(), visibility, meters, end);
    }

    @Bean
    LedgerLifecycle ledgerLifecycle(
            LedgerProperties ledger,
            KafkaProperties kafka,
            RegistryProperties registry,
            SchemaCatalog catalog,
            LedgerTablesLoader loader,
            KafkaCommandGateway gateway,
            LedgerMeters meters,
            MeterRegistry meterRegistry,
            FatalEnd end) {
        var lifecycle = new LedgerLifecycle(
                ledger,
                kafka,
                new LedgerIdentity(kafka, new SchemaRegistrar(registry.url())),
                catalog,
                loader,
                gateway,
                new LedgerStreams(ledger, kafka, end),
                meters,
                InstantSource.system(),
                new SecureRandom(),
                end);
        Gauge.builder("keyledger.ledger.ready", lifecycle, one -> one.ready() ? 1 : 0)
                .description("Whether the ledger rules on commands in this process")
                .register(meterRegistry);
        return lifecycle;
    }

    @Bean
    LedgerReadiness ledgerHealthIndicator(LedgerLifecycle lifecycle) {
        return new LedgerReadiness(lifecycle);
    }
}
