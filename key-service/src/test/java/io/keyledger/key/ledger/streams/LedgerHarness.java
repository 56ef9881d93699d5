package io.keyledger.key.ledger.streams;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A ledger on the broker, for all tests of a class. A test that stops it starts it again. */
abstract class LedgerHarness extends BrokerHarness {

    @SuppressWarnings("NullAway.Init") // started before all
    static TestNode node;

    @BeforeAll
    static void startLedger() throws Exception {
        node = startNode("state");
    }

    @AfterAll
    static void stopLedger() {
        node.close();
    }
}
