package io.keyledger.audit.ledger;

import io.keyledger.table.Freshness;
import io.keyledger.table.KeyCheck;

/** The tables of keys, users and organizations, as this process holds them. */
public interface HeldTables {

    /** Whether they have reached the ends that were seen at the start; it stays true when Kafka falls. */
    boolean loaded();

    /** Whether Kafka has been away for so long that nothing may be decided by them. */
    boolean stale();

    /** The check that all services share, over these tables. */
    KeyCheck check();

    /** Proofs that there is nothing newer. */
    Freshness freshness();
}
