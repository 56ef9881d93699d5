package io.keyledger.key.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.client.ReportRecords;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.RecordType;
import io.keyledger.codec.SchemaCatalog;
import io.keyledger.codec.SchemaRecord;
import io.keyledger.event.Topics;
import io.keyledger.table.Freshness;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** What is read of the Collectors at a start. */
class StatusFollowerTest {

    private static final Instant NOW = Statuses.START.plusSeconds(3600);

    private Duration age = Freshness.NEVER;
    private final Fleet fleet = new Fleet();
    private final LedgerCodec codec = codec();
    private final StatusFollower follower =
            new StatusFollower(codec, fleet, new BrokerTime(() -> 0, () -> NOW, () -> age));
    private long offset;

    private static LedgerCodec codec() {
        var catalog = new SchemaCatalog();
        var type = RecordType.COLLECTOR_STATUS;
        catalog.learn(new SchemaRecord(type.fingerprint(), 1, type.subject(), type.schema()));
        return new LedgerCodec(catalog);
    }

    private void read(Statuses status, Instant at) {
        var sent = ReportRecords.of(codec, status.status(at));
        follower.onRecord(new ConsumerRecord<>(
                sent.topic(),
                0,
                offset++,
                at.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty()));
    }

    private int countAt(Instant now) {
        var change = fleet.track(new Target(0, Map.of(Topics.KEY_STATE, 6L), now, now), false);
        return fleet.receipt(change, now).of();
    }

    @Test
    void whoeverSpokeBeforeTheBrokersClockWasSetAheadIsNotForgotten() {
        age = Duration.ZERO;
        read(Statuses.of("a", 6), NOW);
        read(Statuses.of("b", 6), NOW);
        var ahead = NOW.plus(Duration.ofHours(1));
        read(Statuses.of("b", 7), ahead);
        fleet.onTime(ahead);

        assertThat(countAt(ahead)).isEqualTo(2);
        assertThat(fleet.collectors(ahead)).extracting(Receipt.Named::standing).containsOnly(Standing.LIVE);
        assertThat(countAt(ahead.plus(Duration.ofMinutes(6)))).isZero();
    }

    @Test
    void theProcessBeforeIsAwaitedToo() {
        var older = Statuses.of("a", 6);
        var later = older.startedLater(Duration.ofMinutes(30));
        read(older, NOW.minus(Duration.ofMinutes(4)));
        read(later, NOW);
        assertThat(ReportRecords.of(codec, later.status(NOW)).key())
                .as("compaction leaves both")
                .isNotEqualTo(ReportRecords.of(codec, older.status(NOW)).key());

        assertThat(countAt(NOW)).isEqualTo(2);
        assertThat(fleet.collectors(NOW))
                .extracting(Receipt.Named::standing)
                .containsExactly(Standing.SILENT, Standing.LIVE);
    }
}
