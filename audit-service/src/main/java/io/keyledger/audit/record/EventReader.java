package io.keyledger.audit.record;

import io.keyledger.audit.chain.Evidence;
import io.keyledger.codec.Decoded;
import io.keyledger.event.LedgerEvent;

/** Reads an event from its bytes, by the fingerprint of the schema that they were written with. */
@FunctionalInterface
public interface EventReader {

    /** What the bytes say, or why they cannot be read. */
    Decoded<LedgerEvent> read(Evidence evidence);
}
