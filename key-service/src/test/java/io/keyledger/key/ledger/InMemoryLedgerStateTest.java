package io.keyledger.key.ledger;

class InMemoryLedgerStateTest extends LedgerStateContract {

    @Override
    protected LedgerState create() {
        return new InMemoryLedgerState();
    }
}
