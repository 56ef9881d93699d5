package io.keyledger.client;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.keyledger.event.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** To be closed is no error, whatever the consumer is at. */
@Timeout(60)
class KeyEventsConsumerCloseIT {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final CountDownLatch taking = new CountDownLatch(1);

    @SuppressWarnings("NullAway.Init") // started before each
    private TestLedger ledger;

    @BeforeEach
    void start(@TempDir Path dataDir) throws Exception {
        ledger = new TestLedger(dataDir);
        ledger.createTopics(List.of(Topics.KEY_EVENTS), TestLedger.PARTITIONS, Map.of());
        ledger.sendRaw(Topics.KEY_EVENTS, 0, TestLedger.bytes("k"), TestLedger.bytes("v"));
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void stop() {
        root.detachAppender(log);
        ledger.close();
    }

    @Test
    void whileItsHandlerWorks() throws Exception {
        var consumer = follow(_ -> {
            taking.countDown();
            try {
                Thread.sleep(30_000);
            } catch (InterruptedException e) {
                // As a database's driver leaves it.
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
        taking.await();
        consumer.close();
        assertNoError();
    }

    @Test
    void whileKafkaIsAway() throws Exception {
        var consumer = follow(_ -> taking.countDown());
        taking.await();
        ledger.stopBroker();
        consumer.close();
        assertNoError();
    }

    @Test
    void whileItFollows() throws Exception {
        var consumer = follow(_ -> taking.countDown());
        taking.await();
        consumer.close();
        assertNoError();
    }

    private KeyEventsConsumer follow(EventHandler handler) {
        return KeyEventsConsumer.start(
                ledger.connection(), CodecReaders.events(ledger.codec), _ -> new StartPosition.Beginning(), handler);
    }

    private void assertNoError() {
        assertThat(log.list)
                .filteredOn(event -> event.getLoggerName().startsWith("org.apache.kafka.clients.consumer")
                        || event.getLoggerName().startsWith("io.keyledger.client"))
                .noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.ERROR));
    }
}
