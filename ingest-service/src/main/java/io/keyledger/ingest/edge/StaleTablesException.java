package io.keyledger.ingest.edge;

import java.io.Serial;

/** Between the decision about a push and its publication the tables have grown too old to decide by. */
final class StaleTablesException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    StaleTablesException() {
        super("The tables have grown too old since the push was decided about.");
    }
}
