package io.keyledger.client;

import io.keyledger.event.LedgerEvent;
import io.keyledger.event.Topics;
import java.util.ArrayList;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Batches for the tests of those who take them. */
public final class FollowedEvents {

    private FollowedEvents() {}

    /** Events of one partition, each at the offset of its revision. */
    public static EventBatch batch(int partition, LedgerEvent... events) {
        var followed = new ArrayList<FollowedEvent>();
        for (var event : events) {
            followed.add(new FollowedEvent(
                    new ConsumerRecord<>(Topics.KEY_EVENTS, partition, event.revision(), new byte[0], new byte[0]),
                    event));
        }
        return new EventBatch(followed, Map.of(partition, events[events.length - 1].revision() + 1));
    }
}
