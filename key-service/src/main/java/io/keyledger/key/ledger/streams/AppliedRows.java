package io.keyledger.key.ledger.streams;

import java.util.concurrent.CompletionStage;

/** What this process has itself read, committed, of the ledger's topics: a port. */
interface AppliedRows {

    /** Completes when every record up to {@code revision} in that partition has been read. */
    CompletionStage<Void> whenApplied(String topic, int partition, long revision);

    /** Whether rows of that topic are read at all; nobody waits for the others. */
    boolean follows(String topic);
}
