package io.keyledger.audit.ledger;

import io.keyledger.client.CodecReaders;
import io.keyledger.client.LedgerConnection;
import io.keyledger.client.LedgerTablesLoader;
import io.keyledger.client.LoaderBuilder;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.SchemaCatalog;
import io.keyledger.event.Topics;
import io.keyledger.table.StalenessRule;
import java.util.List;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connects to the ledger. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    private static final String CLIENT_ID = "keyledger-audit";
    /** No hosts: nobody is let in by them here, and there may be a hundred million. */
    private static final List<String> TABLES = List.of(Topics.KEY_STATE, Topics.USER_STATE, Topics.ORGANIZATION_STATE);

    @Bean
    LedgerConnection ledgerConnection(KafkaSettings kafka) {
        return new LedgerConnection(kafka.bootstrapServers(), CLIENT_ID, kafka.properties());
    }

    @Bean
    SchemaCatalog schemaCatalog() {
        return new SchemaCatalog();
    }

    @Bean
    LedgerCodec ledgerCodec(SchemaCatalog schemas) {
        return new LedgerCodec(schemas);
    }

    @Bean
    LedgerFacts ledgerFacts(LedgerConnection connection, SchemaCatalog schemas) {
        return new LedgerFacts(connection, schemas);
    }

    @Bean
    LedgerEventReader ledgerEventReader(LedgerCodec codec, LedgerFacts facts) {
        return new LedgerEventReader(codec, facts::learnSchemas, System::nanoTime);
    }

    @Bean
    LedgerTablesLoader ledgerTablesLoader(
            LedgerConnection connection, LedgerCodec codec, SchemaCatalog schemas, LedgerSettings ledger) {
        return new LoaderBuilder(connection, CodecReaders.rows(codec))
                .keep(TABLES)
                .learnSchemas(schemas)
                .expectPartitions(ledger.partitions())
                .start();
    }

    @Bean
    HeldTables heldTables(LedgerTablesLoader loader, TableSettings settings) {
        return new LoadedTables(loader, new StalenessRule(settings.maxStaleness(), false));
    }

    /** A ledger of another size is another ledger, or a mistake, and tables that nobody follows grow stale: end, and say why. */
    @Bean
    ApplicationRunner endsWithTheTables(LedgerTablesLoader loader, ConfigurableApplicationContext context) {
        // On a thread of its own: the loader's would wait for itself while the context closes it.
        return _ -> loader.whenFailed()
                .thenAccept(_ -> Thread.ofPlatform()
                        .name("refuse")
                        .start(() -> System.exit(SpringApplication.exit(context, () -> 1))));
    }
}
