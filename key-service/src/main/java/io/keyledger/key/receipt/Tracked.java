package io.keyledger.key.receipt;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A change whose confirmations are awaited. The {@link Fleet} alone writes it, under its lock. */
public final class Tracked {

    private final Target target;
    private boolean isTimed;
    private final BitSet pending = new BitSet();
    private final CompletableFuture<Void> confirmed = new CompletableFuture<>();
    private Instant last;

    /** @param isTimed whether the confirmations were seen as they came */
    Tracked(Target target, boolean isTimed) {
        this.target = target;
        this.isTimed = isTimed;
        this.last = target.at();
    }

    Target target() {
        return target;
    }

    /** Completes when all Collectors have confirmed that counted meanwhile. */
    CompletionStage<Void> whenConfirmed() {
        return confirmed.minimalCompletionStage();
    }

    /** Waits until all have confirmed, or time is out. */
    void await(Duration timeout) throws InterruptedException {
        try {
            confirmed.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            // Whoever waits looks at who is missing.
        } catch (ExecutionException e) {
            throw new IllegalStateException("Nothing completes it with a failure.", e);
        }
    }

    boolean isPending(int slot) {
        return pending.get(slot);
    }

    boolean isConfirmed() {
        return pending.isEmpty();
    }

    void expect(int slot) {
        pending.set(slot);
    }

    /** A Collector has confirmed. */
    void confirm(int slot, Instant at) {
        pending.clear(slot);
        if (at.isAfter(last)) {
            last = at;
        }
    }

    /** A Collector counts no more. */
    void leave(int slot) {
        pending.clear(slot);
    }

    void complete() {
        confirmed.complete(null);
    }

    /** Nobody sees any more when the confirmations come. */
    void giveUp() {
        isTimed = false;
        complete();
    }

    /** From the change to its last confirmation; never negative, for the two clocks may differ. */
    Duration lastAfter() {
        return Duration.between(target.at(), last);
    }

    @Nullable
    Long lastAfterMillis() {
        return isTimed ? lastAfter().toMillis() : null;
    }
}
