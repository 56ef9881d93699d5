package io.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The audit-service is killed while events arrive, again and again: every event is one row. */
@ExtendWith(SharedSuite.class)
class AuditKillDrillIT {

    @Test
    void everyEventIsOneRow(Suite suite) throws Exception {
        var drill = Drill.fromProperties("audit");
        var tenant = suite.newTenant("drill audit");
        var stop = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var changes = threads.submit(() -> {
                int made = 0;
                while (!stop.get()) {
                    tenant.api()
                            .post("/api/v1/collector-keys/global/regenerate")
                            .expect(200);
                    made++;
                    // Some tens a second: a loop without a pause would take the CPU that the restarts need.
                    Await.pause(Duration.ofMillis(25));
                }
                return made;
            });
            drill.kill(suite.audit, Duration.ofMillis(300), Duration.ofMillis(1_500), stop);
            drill.print("%d changes while it was killed".formatted(changes.get()));
        }
        long events =
                KafkaLog.readAll(suite.broker.bootstrapServers(), "key-events").size();
        Await.until(
                "all " + events + " events in the record (" + drill + ")",
                Duration.ofMinutes(1),
                () -> rows(suite) >= events);
        drill.print("%d events, %d rows".formatted(events, rows(suite)));
        assertThat(rows(suite)).as("%s", drill).isEqualTo(events);
    }

    private static long rows(Suite suite) {
        try (var connection = suite.postgres.dataSource("keyledger_audit").getConnection();
                var statement = connection.createStatement();
                var result =
                        statement.executeQuery("select count(*), count(distinct (partition, revision)) from event")) {
            result.next();
            assertThat(result.getLong(1)).isEqualTo(result.getLong(2));
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
