package io.keyledger.audit.record;

import io.keyledger.audit.ledger.LedgerEventReader;
import io.keyledger.audit.ledger.LedgerFacts;
import io.keyledger.client.LedgerConnection;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** Puts the recorder together. */
@Configuration(proxyBeanMethods = false)
class RecordConfiguration {

    /** The recorder migrates, as soon as there is a database: a service without one starts all the same, and says so. */
    @Bean
    FlywayMigrationStrategy migrateLater() {
        return _ -> {};
    }

    @Bean
    RecordMetrics recordMetrics(MeterRegistry registry) {
        return new RecordMetrics(registry);
    }

    @Bean
    RecordService recordService(
            LedgerConnection connection,
            LedgerEventReader reader,
            LedgerFacts facts,
            Flyway flyway,
            DataSource dataSource,
            PlatformTransactionManager transactions,
            RecordMetrics metrics) {
        var mapping = new EventMapping(new WireEventReader(reader::read));
        var store = new JdbcRecordStore(dataSource, transactions);
        return new RecordService(
                connection,
                (value, fingerprint) -> reader.read(value, fingerprint).orThrow(),
                () -> {
                    flyway.migrate();
                    metrics.alarms(store.countAlarms());
                    return new Recorder(store, mapping, metrics, facts.ledgerId());
                },
                metrics);
    }
}
