package io.keyledger.audit.record;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The whole record, to be read from its beginning. */
public interface RecordedEvents {

    /** The ledger that it is the record of; empty before anything was recorded. */
    Optional<UUID> ledgerId();

    /** How many alarms were ever raised. */
    long countAllAlarms();

    /** Every event, by partition and revision. */
    void forEach(Consumer<RecordedEvent> each);
}
