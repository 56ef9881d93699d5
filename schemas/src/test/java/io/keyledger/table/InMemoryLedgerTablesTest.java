package io.keyledger.table;

/** The tables in the heap keep the contract. */
class InMemoryLedgerTablesTest extends LedgerTablesContract {

    @Override
    protected WritableLedgerTables create() {
        return new InMemoryLedgerTables();
    }
}
