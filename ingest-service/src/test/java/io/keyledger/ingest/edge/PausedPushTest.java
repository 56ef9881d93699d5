package io.keyledger.ingest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.Permission;
import io.keyledger.ingest.gate.Admission;
import io.keyledger.ingest.gate.FakeTables;
import io.keyledger.ingest.gate.KeyGate;
import io.keyledger.ingest.gate.Verdict;
import io.keyledger.ingest.protocol.LineScanner;
import io.keyledger.ingest.protocol.PayloadLimits;
import io.keyledger.ingest.protocol.Precision;
import io.keyledger.ingest.protocol.ScannedLines;
import io.keyledger.ingest.telemetry.KafkaTelemetryLog;
import io.keyledger.ingest.telemetry.TelemetryLog;
import io.keyledger.table.StalenessRule;
import io.keyledger.table.StalenessRule.Standing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** A process that stands still between its decision and the publication goes on after others have fenced it. */
class PausedPushTest extends PushServerRig {

    private static final String LAST_PUSH = PUSH.replace("Host: x\r\n", "Host: x\r\nConnection: close\r\n");
    private static final int WINDOW = TelemetryLog.UNACKNOWLEDGED_RECORDS;
    private static final StalenessRule RULE = new StalenessRule(Duration.ofMinutes(5), false);
    private static final Instant PROVED = Instant.parse("2026-11-21T10:00:00Z");

    private Instant now = PROVED;

    @Test
    void whatWasPausedForTooLongIsNotPublished() throws IOException {
        acknowledged.complete(null);
        assertThat(exchange(LAST_PUSH)).startsWith("HTTP/1.1 204");
        assertThat(published).hasSize(1);

        pause = () -> age = Standing.STALE;
        assertThat(exchange(LAST_PUSH)).startsWith("HTTP/1.1 503").contains("\"code\":\"stale\"");
        assertThat(published).hasSize(1);
    }

    @Test
    void nothingFollowsAWindowThatTookTooLong() throws InterruptedException {
        var producer = new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        try (var log = new KafkaTelemetryLog(producer, Runnable::run)) {
            while (append(log, 1).isCompletedExceptionally()) {
                // The topic is not known yet.
                Thread.sleep(1);
            }
            producer.completeNext();
            producer.clear();

            var push = append(log, 2 * WINDOW);
            assertThat(producer.history()).hasSize(WINDOW);
            now = now.plus(RULE.maxStaleness()).plusMillis(1);
            while (producer.completeNext()) {}

            assertThat(producer.history()).hasSize(WINDOW);
            assertThat(push)
                    .completesExceptionallyWithin(Duration.ofSeconds(1))
                    .withThrowableThat()
                    .withCauseInstanceOf(StaleTablesException.class);
        }
    }

    /** So many records, each of a line; the tables were proved to be current at {@link #PROVED}. */
    private CompletableFuture<Void> append(TelemetryLog log, int records) {
        var line = LINE.getBytes(StandardCharsets.US_ASCII);
        var body = LINE.repeat(records).getBytes(StandardCharsets.US_ASCII);
        var limits = new PayloadLimits(line.length, records);
        var lines = (ScannedLines) LineScanner.scan(body, body.length, Precision.NANOSECONDS, 0, limits, _ -> true);
        var gate = new KeyGate(
                new FakeTables().settings(OrganizationSettings.DEFAULT).key(KEY, null, KeyStatus.ACTIVE));
        var admitted = (Admission.Admitted) gate.admit(KEY, Permission.METRICS_WRITE, PROVED);
        var allowed = (Verdict.Allowed) gate.decide(admitted, lines.hosts(), PROVED);
        return log.append(new TelemetryRecords(
                        allowed,
                        lines,
                        PROVED,
                        () -> RULE.judge(Duration.between(PROVED, now), Duration.ZERO) == Standing.STALE))
                .toCompletableFuture();
    }
}
