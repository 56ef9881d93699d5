package io.keyledger.key.ledger;

import io.keyledger.event.OrganizationId;
import io.keyledger.table.Row;
import io.keyledger.table.RowKey;

/** What an event changes in a table. A revocation is always a {@link Put}: a tombstone is gone one day. */
public sealed interface RowChange {

    /** Whose row it is: it says the partition. */
    OrganizationId organizationId();

    /** Which row it is, in which topic. */
    RowKey key();

    /** The revision of the event. */
    long revision();

    /** The row is this from now on. */
    record Put(Row row) implements RowChange {
        @Override
        public OrganizationId organizationId() {
            return row.organizationId();
        }

        @Override
        public RowKey key() {
            return RowKey.of(row);
        }

        @Override
        public long revision() {
            return row.revision();
        }
    }

    /** There is no such row: a tombstone. Only an unlinked host and a removed System have one. */
    record Remove(OrganizationId organizationId, RowKey key, long revision) implements RowChange {}
}
