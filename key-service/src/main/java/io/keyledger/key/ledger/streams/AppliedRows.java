package io.keyledger.key.ledger.streams;

import io.keyledger.event.OrganizationId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What this process has itself read, committed, of the ledger's topics: a port. */
interface AppliedRows {

    /** Completes when every record of {@code revision} in that partition has been read; who gives up cancels it. */
    CompletableFuture<Void> whenApplied(String topic, int partition, long revision);

    /** True once all that was written for the organization by now has been read; false if that takes longer. */
    CompletionStage<Boolean> whenAllRead(OrganizationId organization, Duration within);

    /** Whether rows of that topic are read at all; nobody waits for the others. */
    boolean follows(String topic);
}
