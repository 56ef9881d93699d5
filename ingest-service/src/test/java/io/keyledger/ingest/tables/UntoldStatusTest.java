package io.keyledger.ingest.tables;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.keyledger.client.CodecReaders;
import io.keyledger.client.LedgerConnection;
import io.keyledger.client.LedgerTablesLoader;
import io.keyledger.client.LoaderBuilder;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.RecordType;
import io.keyledger.codec.SchemaCatalog;
import io.keyledger.codec.SchemaRecord;
import io.keyledger.event.Topics;
import io.keyledger.ingest.usage.CollectorProperties;
import io.keyledger.ingest.usage.CollectorReporter;
import io.keyledger.ingest.usage.CollectorReports;
import io.keyledger.ingest.usage.DenialBook;
import io.keyledger.ingest.usage.UsageBook;
import io.keyledger.table.StalenessRule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** A Collector whose status nobody gets is never ready: it says why. */
@Timeout(30)
class UntoldStatusTest {

    private static final LedgerCodec CODEC = codec();

    /** One that never loads. */
    private static final LedgerTablesLoader LOADER = new LoaderBuilder(
                    new LedgerConnection("127.0.0.1:1", "untold"), CodecReaders.rows(CODEC))
            .keep(Topics.TABLES)
            .start();

    private final Logger logger = (Logger) LoggerFactory.getLogger(CollectorReporter.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final CollectorReporter reporter = reporter();
    private final TablesHealth health = new TablesHealth(
            new LoaderStanding(LOADER, reporter, new StalenessRule(Duration.ofMinutes(5), false)), LOADER, reporter);

    private static LedgerCodec codec() {
        var catalog = new SchemaCatalog();
        int id = 0;
        for (var type : RecordType.ALL) {
            catalog.learn(new SchemaRecord(type.fingerprint(), ++id, type.subject(), type.schema()));
        }
        return new LedgerCodec(catalog);
    }

    private CollectorReporter reporter() {
        var properties = new CollectorProperties(
                "collector-1", null, null, Duration.ofMillis(5), Duration.ofMillis(20), 1_000, 1_000);
        var reports = new CollectorReports(
                properties,
                "test",
                new StalenessRule(Duration.ofMinutes(5), false),
                LOADER,
                new UsageBook(1_000),
                new DenialBook(1_000),
                InstantSource.system());
        return new CollectorReporter(CODEC, producer, reports, properties);
    }

    @BeforeEach
    void start() {
        logged.start();
        logger.addAppender(logged);
        reporter.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        logger.detachAppender(logged);
        var goodbye = Thread.ofVirtual().start(reporter::close);
        while (!goodbye.join(Duration.ofMillis(1))) {
            producer.completeNext();
        }
    }

    @AfterAll
    static void closeLoader() {
        // Where no broker answers it takes seconds, for which nobody has to wait.
        var _ = Thread.ofVirtual().start(LOADER::close);
    }

    /** Each attempt to announce the Collector ends so. */
    private void fail(RuntimeException why) throws InterruptedException {
        await(() -> producer.errorNext(why));
        await(() -> reporter.problem().orElse("").contains("" + why.getMessage()));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(1);
        }
    }

    private Map<String, Object> details() {
        return health.health().getDetails();
    }

    @Test
    void whatNoRetryCanMendIsLoggedOnceAndReadinessNamesIt() throws Exception {
        assertThat(details()).doesNotContainKey("reports");
        fail(new RecordTooLargeException("The message is 2097152 bytes when serialized"));
        fail(new RecordTooLargeException("The message is 2097153 bytes when serialized"));

        assertThat(details().get("reports")).asString().contains("collector-status", "2097153 bytes");
        assertThat(logged.list)
                .filteredOn(event -> event.getLevel() == Level.ERROR)
                .hasSize(1);
        assertThat(reporter.isAnnounced()).isFalse();

        await(producer::completeNext);
        await(reporter::isAnnounced);
        assertThat(details()).doesNotContainKey("reports");
    }

    @Test
    void whatPassesIsNamedButNoAlarm() throws Exception {
        fail(new TimeoutException("no broker"));

        assertThat(details().get("reports")).asString().contains("no broker");
        assertThat(logged.list).noneMatch(event -> event.getLevel() == Level.ERROR);
    }
}
