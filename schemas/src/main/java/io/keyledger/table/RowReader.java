package io.keyledger.table;

import org.jspecify.annotations.Nullable;

/** Decodes the value of a table's record. Safe for use by many threads. */
@FunctionalInterface
public interface RowReader {

    /**
     * Reads one row.
     *
     * @param topic one of {@link io.keyledger.event.Topics#TABLES}
     * @param key the record key
     * @param value never null: a tombstone is no row
     * @param fingerprint the record's header, or null if it has none
     * @throws RuntimeException if it cannot be read, or requires more than this version knows: it names no secret
     */
    Row read(String topic, byte[] key, byte[] value, byte @Nullable [] fingerprint);
}
