package io.keyledger.key.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.client.FollowedEvents;
import io.keyledger.client.StartPosition;
import io.keyledger.event.Actor;
import io.keyledger.event.CommandId;
import io.keyledger.event.EventId;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SystemId;
import io.keyledger.key.KeyServiceSuite;
import io.keyledger.local.LocalPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is written of a generation, on a real PostgreSQL. */
class GenerationWriterIT {

    /** The service's own generations have other numbers. */
    private static final int GENERATION = 999_999_999;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Map<Integer, Long> reached = new HashMap<>();
    private JdbcClient jdbc;
    private GenerationWriter writer;

    @BeforeEach
    void newGeneration() {
        var database = KeyServiceSuite.get().postgres().dataSource(LocalPostgres.AUDIT_DATABASE);
        new Generations(database).migrate(GENERATION);
        jdbc = JdbcClient.create(database);
        writer = new GenerationWriter(
                GENERATION,
                jdbc,
                new TransactionTemplate(new JdbcTransactionManager(database)),
                meters.counter("gaps"),
                position -> reached.put(position.partition(), position.revision()));
    }

    @AfterEach
    void drop() {
        jdbc.sql("drop schema directory_g" + GENERATION + " cascade").update();
    }

    @Test
    void anEventThatDoesNotFollowIsNotApplied() {
        writer.onBatch(FollowedEvents.batch(3, registered(1)));
        var gap = FollowedEvents.batch(3, registered(2), registered(4));
        assertThatThrownBy(() -> writer.onBatch(gap))
                .hasMessageContaining("Expected revision 3 in partition 3, but it is 4");
        assertThat(meters.counter("gaps").count()).isEqualTo(1);
        assertThat(systems()).as("all or nothing").isEqualTo(1);
        assertThat(writer.of(3)).isEqualTo(new StartPosition.Offset(2));

        writer.onBatch(FollowedEvents.batch(3, registered(2), registered(3), registered(4)));
        assertThat(systems()).isEqualTo(4);
        assertThat(reached).containsEntry(3, 4L);
    }

    @Test
    void anEventThatWasAppliedIsNotAppliedAgain() {
        writer.onBatch(FollowedEvents.batch(3, registered(1), registered(2)));
        writer.onBatch(FollowedEvents.batch(3, registered(1), registered(2), registered(3)));
        assertThat(systems()).isEqualTo(3);
    }

    @Test
    void whatIsNotStoredBegins() {
        reached.put(3, 17L);
        assertThat(writer.of(3)).isEqualTo(new StartPosition.Beginning());
        assertThat(reached).as("PostgreSQL has lost it").containsEntry(3, 0L);
    }

    private int systems() {
        return jdbc.sql("select count(*) from directory_g" + GENERATION + ".system")
                .query(Integer.class)
                .single();
    }

    private static LedgerEvent registered(long revision) {
        return new LedgerEvent(
                new EventId(new UUID(1, revision)),
                new OrganizationId(new UUID(2, 2)),
                revision,
                revision,
                Instant.EPOCH,
                new CommandId(new UUID(3, revision)),
                Actor.LEDGER,
                new KeyEvent.SystemRegistered(new SystemId(new UUID(4, revision)), "system " + revision));
    }
}
