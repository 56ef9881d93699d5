package io.keyledger.audit.record;

import java.util.List;

/** What goes into the record in one transaction: all of it or nothing. */
record Batch(List<RecordedEvent> events, List<Alarm> alarms) {
    Batch {
        events = List.copyOf(events);
        alarms = List.copyOf(alarms);
    }

    boolean isEmpty() {
        return events.isEmpty() && alarms.isEmpty();
    }
}
