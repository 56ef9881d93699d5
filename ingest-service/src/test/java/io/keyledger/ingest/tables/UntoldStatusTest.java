package io.keyledger.ingest.tables;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.keyledger.ingest.usage.CollectorReporter;
import io.keyledger.ingest.usage.ReporterRig;
import io.keyledger.table.StalenessRule;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** A Collector whose status nobody gets is never ready: it says why. */
@Timeout(30)
class UntoldStatusTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(CollectorReporter.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final ReporterRig rig = ReporterRig.of(false);
    private final MockProducer<byte[], byte[]> producer = rig.producer;
    private final CollectorReporter reporter = rig.reporter;
    private final TablesHealth health = new TablesHealth(
            new LoaderStanding(
                    ReporterRig.LOADER::isReady, ReporterRig.LOADER.freshness(), reporter, StalenessRule.DEFAULT),
            ReporterRig.LOADER,
            reporter);

    @BeforeEach
    void start() {
        logged.start();
        logger.addAppender(logged);
        reporter.start();
    }

    @AfterEach
    void stop() {
        logger.detachAppender(logged);
        rig.close();
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
