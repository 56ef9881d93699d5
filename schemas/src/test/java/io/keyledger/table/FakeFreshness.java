package io.keyledger.table;

import io.keyledger.event.OrganizationId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A proof of freshness that a test gives or withholds: at first it gives it. */
public final class FakeFreshness implements Freshness {

    /** What every question is answered with, at once. */
    public volatile boolean proves = true;

    /** The age of the last proof. */
    public volatile Duration staleness = Duration.ZERO;

    @Override
    public Duration staleness() {
        return staleness;
    }

    @Override
    public CompletionStage<Boolean> prove(OrganizationId organization, Duration within) {
        return proveAllKeys(within);
    }

    @Override
    public CompletionStage<Boolean> proveAllKeys(Duration within) {
        return CompletableFuture.completedStage(proves);
    }
}
