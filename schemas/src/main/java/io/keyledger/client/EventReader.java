package io.keyledger.client;

import io.keyledger.event.LedgerEvent;
import org.jspecify.annotations.Nullable;

/** Decodes the value of a record of {@code key-events}. */
@FunctionalInterface
public interface EventReader {

    /**
     * Reads one event.
     *
     * @param fingerprint the record's header, or null if it has none
     * @throws RuntimeException if it cannot be read
     */
    LedgerEvent read(byte[] value, byte @Nullable [] fingerprint);
}
