package io.keyledger.table;

/**
 * The writing side of {@link LedgerTables}, for the one thread that applies the records of the tables' topics in the
 * order of each partition. While a table is being loaded every look-up in it is {@link Found.Unreadable}: a row that is
 * missing by then says nothing.
 */
public interface WritableLedgerTables extends LedgerTables {

    /**
     * Applies a row in place of the one before.
     *
     * @param partition of the record; of two rows of one hash from two partitions, the one made earlier holds
     */
    void put(int partition, Row row);

    /** Applies a tombstone: the row of that partition is gone. */
    void remove(int partition, RowKey key);

    /** Applies a record that cannot be read: the row before must not stay in force. */
    void markUnreadable(int partition, RowKey key);

    /** Drops all rows of a table; nothing of it can be looked up until {@link #endLoading}. */
    void beginLoading(String topic);

    /** The table is whole. */
    void endLoading(String topic);

    /** How many rows of a table cannot be read now. */
    long unreadableRows(String topic);

    /** How many rows a table has now, the unreadable ones included. */
    long rows(String topic);

    /** How many hashes two organizations have a row of: each is an alarm. */
    long contestedHashes();
}
