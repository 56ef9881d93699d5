package io.keyledger.key.receipt;

import io.keyledger.client.RecordFollower;
import io.keyledger.codec.Decoded;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.RecordType;
import io.keyledger.event.CollectorReport.CollectorStatus;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what Collectors say of themselves. */
final class StatusFollower implements RecordFollower {

    private static final Logger LOG = LoggerFactory.getLogger(StatusFollower.class);

    private final LedgerCodec codec;
    private final Fleet fleet;
    private final BrokerTime time;

    StatusFollower(LedgerCodec codec, Fleet fleet, BrokerTime time) {
        this.codec = codec;
        this.fleet = fleet;
        this.time = time;
    }

    @Override
    public void onRecord(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            return;
        }
        var at = Instant.ofEpochMilli(record.timestamp());
        // Before it is the time: nobody else has spoken by the new clock.
        time.step(at).ifPresent(fleet::onStep);
        time.onAppended(at);
        switch (codec.decode(RecordType.COLLECTOR_STATUS, value, record.headers())) {
            case Decoded.Value<CollectorStatus>(var status) -> warn(status, fleet.onStatus(status, at, time.now()));
            // Its Collector keeps its place, as one that is not heard of.
            case Decoded.Unreadable<CollectorStatus>(var _, var message) ->
                LOG.atWarn()
                        .addKeyValue("offset", record.offset())
                        .log("A Collector's status is not heard: {}", message);
        }
    }

    private static void warn(CollectorStatus status, Fleet.Alarm alarm) {
        var skew = alarm.clockOff();
        if (skew != null) {
            LOG.atWarn()
                    .addKeyValue("collector", status.collectorId())
                    .addKeyValue("skewMs", skew.toMillis())
                    .log("A Collector's clock is off by more than a second: overlaps, grace periods and keys end there"
                            + " at another time");
        }
        if (alarm.sharesId()) {
            LOG.atWarn()
                    .addKeyValue("collector", status.collectorId())
                    .addKeyValue("startedAt", status.startedAt())
                    .addKeyValue("address", status.address())
                    .log("Two processes have one Collector id: each counts, but give each its own"
                            + " keyledger.collector.id");
        }
    }

    @Override
    public void onReset() {
        fleet.reset();
    }
}
