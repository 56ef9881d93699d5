package io.keyledger.key.receipt;

import io.keyledger.event.EventId;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationId;
import java.util.Optional;

/** Finds the events of long ago: a port. */
interface PastChanges {

    /**
     * An organization's event.
     *
     * @throws ReceiptsUnavailableException if Kafka does not answer
     */
    Optional<LedgerEvent> find(OrganizationId organization, EventId event);
}
