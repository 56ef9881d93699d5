package io.keyledger.audit.record;

import io.keyledger.audit.Eventually;
import io.keyledger.audit.SuiteKafka;
import io.keyledger.audit.chain.Evidence;
import io.keyledger.audit.ledger.LedgerEventReader;
import io.keyledger.audit.ledger.LedgerFacts;
import io.keyledger.client.LedgerConnection;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.SchemaCatalog;
import io.keyledger.local.LocalBroker;
import io.keyledger.local.LocalPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A broker for each test, a PostgreSQL for each class, and the recorder between them. */
abstract class RecordFixture {

    static final int PARTITIONS = 2;

    @TempDir
    static Path postgresDir;

    static LocalPostgres postgres;
    private static int databases;

    @TempDir
    Path brokerDir;

    final SampleLedger ledger = new SampleLedger();
    LocalBroker broker;
    SuiteKafka kafka;
    RecordDatabase database;

    @BeforeAll
    static void startPostgres() {
        postgres = LocalPostgres.start(postgresDir);
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @BeforeEach
    void start() throws Exception {
        broker = LocalBroker.start(brokerDir);
        kafka = new SuiteKafka(broker.bootstrapServers(), PARTITIONS);
        database = new RecordDatabase(postgres, "record_" + ++databases);
    }

    @AfterEach
    void stop() {
        database.close();
        kafka.close();
        broker.close();
    }

    RecordService service(DataSource dataSource) {
        return service(dataSource, facts(new SchemaCatalog())::ledgerId);
    }

    RecordService service(DataSource dataSource, Supplier<UUID> ledgerId) {
        var schemas = new SchemaCatalog();
        var reader = new LedgerEventReader(new LedgerCodec(schemas), facts(schemas)::learnSchemas, System::nanoTime);
        var mapping = new EventMapping(new WireEventReader(reader::read));
        var store = new JdbcRecordStore(dataSource, new JdbcTransactionManager(dataSource));
        var metrics = new RecordMetrics(new SimpleMeterRegistry());
        return new RecordService(
                connection(),
                (value, fingerprint) -> reader.read(value, fingerprint).orThrow(),
                () -> new Recorder(store, mapping, metrics, ledgerId.get()),
                metrics);
    }

    LedgerFacts facts(SchemaCatalog schemas) {
        return new LedgerFacts(connection(), schemas);
    }

    LedgerConnection connection() {
        return new LedgerConnection(broker.bootstrapServers(), "audit-it");
    }

    void awaitEvents(long count) {
        Eventually.await(count + " events are recorded", () -> {
            try {
                return database.count("event") >= count;
            } catch (DataAccessException _) {
                return false;
            }
        });
    }

    List<String> recorded(int partition) {
        return database.asWriter()
                .sql("SELECT encode(body, 'hex') FROM event WHERE partition = ? ORDER BY revision")
                .param(partition)
                .query((row, _) -> row.getString(1))
                .list();
    }

    List<Boolean> verified(int partition) {
        return database.asWriter()
                .sql("SELECT verified FROM event WHERE partition = ? ORDER BY revision")
                .param(partition)
                .query((row, _) -> row.getBoolean(1))
                .list();
    }

    static List<String> bytes(List<Evidence> events) {
        return events.stream().map(event -> event.body().toString()).toList();
    }
}
