package io.keyledger.ingest.tables;

import io.keyledger.client.CodecReaders;
import io.keyledger.client.LedgerConnection;
import io.keyledger.client.LedgerTablesLoader;
import io.keyledger.client.LoaderBuilder;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.SchemaCatalog;
import io.keyledger.event.Topics;
import io.keyledger.ingest.edge.TableStanding;
import io.keyledger.ingest.usage.ChangeSignal;
import io.keyledger.ingest.usage.CollectorReporter;
import io.keyledger.table.Freshness;
import io.keyledger.table.LedgerTables;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The tables, filled from Kafka. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({TableProperties.class, LedgerProperties.class})
class TablesConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(TablesConfiguration.class);

    @Bean
    SchemaCatalog schemaCatalog() {
        return new SchemaCatalog();
    }

    @Bean
    LedgerCodec ledgerCodec(SchemaCatalog catalog) {
        return new LedgerCodec(catalog);
    }

    @Bean
    LedgerTablesLoader ledgerTablesLoader(
            LedgerConnection connection,
            LedgerCodec codec,
            SchemaCatalog catalog,
            LedgerProperties ledger,
            ChangeSignal changes,
            ApplicationContext context) {
        var builder = new LoaderBuilder(connection, CodecReaders.rows(codec))
                .keep(Topics.TABLES)
                .learnSchemas(catalog)
                .onApplied(changes);
        ledger.expected().ifPresent(builder::expectPartitions);
        var loader = builder.start();
        var _ = loader.whenFailed().thenAccept(failure -> end(failure, context));
        return loader;
    }

    /** Nobody follows the tables any more: better to end with a clear word, and be started again, than to grow stale. */
    private static void end(Throwable failure, ApplicationContext context) {
        LOG.atError().log("The Collector ends: {}", failure.getMessage());
        Thread.ofPlatform().name("exit").start(() -> System.exit(SpringApplication.exit(context, () -> 1)));
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
    TableStanding tableStanding(
            LedgerTablesLoader loader, CollectorReporter reporter, TableProperties properties, MeterRegistry registry) {
        var standing = new LoaderStanding(loader::isReady, loader.freshness(), reporter, properties.rule());
        gauge(registry, "keyledger.tables.ready", "1 when the tables are loaded", () -> standing.loaded() ? 1 : 0);
        gauge(registry, "keyledger.tables.unreadable.rows", "Rows that cannot be read", loader::unreadableRows);
        gauge(
                registry,
                "keyledger.tables.contested.hashes",
                "Hashes that two organizations have",
                loader::contestedHashes);
        gauge(
                registry,
                "keyledger.tables.staleness.seconds",
                "Age of the last proof of freshness",
                () -> loader.freshness().staleness().toSeconds());
        return standing;
    }

    private static void gauge(MeterRegistry registry, String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    @Bean
    HealthIndicator tablesHealthIndicator(
            TableStanding standing, LedgerTablesLoader loader, CollectorReporter reporter) {
        return new TablesHealth(standing, loader, reporter);
    }
}
