package io.keyledger.client;

import io.keyledger.table.Found;
import io.keyledger.table.Row;
import io.keyledger.table.RowKey;

/**
 * Told of each row after it was applied, on the loader's thread: it must not block. What it throws is counted and
 * logged.
 */
@FunctionalInterface
public interface RowListener {

    /**
     * A row as it was applied.
     *
     * @param found the row, absent if the record is a tombstone, or unreadable
     * @param revision of the event that made it, or 0 if the record does not say
     */
    record AppliedRow(String topic, int partition, long offset, RowKey key, Found<Row> found, long revision) {}

    void onRow(AppliedRow row);

    /** What was told of this topic is void: it is loaded anew. */
    default void onReset(String topic) {}
}
