package io.keyledger.audit.search;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One alarm, as it is answered.
 *
 * @param offset of the record in the log
 * @param revision of the record, or null if it says none
 * @param own whether it is about one of the organization's own events, and not the whole partition's chain
 */
public record FoundAlarm(
        long id,
        String kind,
        int partition,
        long offset,
        @Nullable Long revision,
        String detail,
        Instant raisedAt,
        boolean own) {

    /** Where it stands in a list. */
    Cursor place() {
        return new Cursor(id, partition);
    }
}
