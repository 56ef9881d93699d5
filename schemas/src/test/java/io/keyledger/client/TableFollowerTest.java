package io.keyledger.client;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import io.keyledger.table.InMemoryLedgerTables;
import io.keyledger.table.Row.KeyRow;
import io.keyledger.table.RowKey;
import io.keyledger.table.Rows;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a table's follower says. */
class TableFollowerTest {

    private static final KeyRow EARLIER = key(Rows.ORGANIZATION);
    private static final KeyRow LATER = key(Rows.OTHER_ORGANIZATION);

    private final Logger logger = (Logger) LoggerFactory.getLogger(TableFollower.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final TableFollower follower = new TableFollower(
            Topics.KEY_STATE,
            new InMemoryLedgerTables(),
            (_, _, value, _) -> value[0] == 0 ? EARLIER : LATER,
            List.of(),
            new LoaderCounters());

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void hush() {
        logger.detachAppender(log);
    }

    @Test
    void oneSecretOfTwoOrganizationsIsToldOnce() {
        row(0);
        assertThat(log.list).isEmpty();
        row(1);
        row(1);
        row(0);
        assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN);
    }

    private void row(int partition) {
        follower.onRecord(new ConsumerRecord<>(
                Topics.KEY_STATE, partition, 0, RowKey.of(EARLIER).toBytes(), new byte[] {(byte) partition}));
    }

    private static KeyRow key(OrganizationId organization) {
        return Rows.key(
                "shared", KeyKind.GLOBAL, organization, null, null, Set.of(), KeyStatus.ACTIVE, Rows.MADE, null, null);
    }
}
