package io.keyledger.key.receipt;

import io.keyledger.client.RecordFollower;
import io.keyledger.codec.Decoded;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.RecordType;
import io.keyledger.event.LedgerEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Hears of the changes of all instances as they are made. */
final class EventFollower implements RecordFollower {

    private final LedgerCodec codec;
    private final RecentChanges recent;
    private final BrokerTime time;

    EventFollower(LedgerCodec codec, RecentChanges recent, BrokerTime time) {
        this.codec = codec;
        this.recent = recent;
        this.time = time;
    }

    @Override
    public void onRecord(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] value = record.value();
        if (value != null
                && codec.decode(RecordType.KEY_EVENTS, value, record.headers())
                        instanceof Decoded.Value<LedgerEvent>(var event)) {
            recent.onEvent(record.partition(), event, time.now());
        }
    }
}
