package io.keyledger.audit.record;

import java.util.UUID;

/** The log is another ledger's than the record: nothing of it may be recorded. */
final class OtherLedgerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OtherLedgerException(UUID recorded, UUID presented) {
        super("This database is the record of ledger " + recorded + ", but the log is that of ledger " + presented
                + ". Nothing is recorded until the right Kafka or the right database is configured.");
    }
}
