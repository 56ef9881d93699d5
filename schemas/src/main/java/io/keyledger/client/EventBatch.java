package io.keyledger.client;

import java.util.List;
import java.util.Map;

/**
 * Some events, in the order of each partition.
 *
 * @param events never empty
 * @param nextOffsets for each partition of the batch, the offset to store in the handler's own transaction and to start
 *     from the next time
 */
public record EventBatch(List<FollowedEvent> events, Map<Integer, Long> nextOffsets) {

    public EventBatch {
        events = List.copyOf(events);
        nextOffsets = Map.copyOf(nextOffsets);
    }
}
