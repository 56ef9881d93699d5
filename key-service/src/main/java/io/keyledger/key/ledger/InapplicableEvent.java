package io.keyledger.key.ledger;

import io.keyledger.event.LedgerEvent;

/**
 * An event that cannot follow on the state it meets. Live, the processor has written nothing yet and refuses the one
 * command; a replay stops, loudly.
 */
public final class InapplicableEvent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * An event that cannot be applied.
     *
     * @param why a sentence about the state that it met
     */
    InapplicableEvent(LedgerEvent event, String why) {
        super("Expected to apply %s %s (revision %d, number %d of organization %s), but %s"
                .formatted(
                        event.event().type(),
                        event.eventId(),
                        event.revision(),
                        event.organizationRevision(),
                        event.organizationId(),
                        why));
    }
}
