package io.keyledger.key.prober;

import io.keyledger.key.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Pushes to one Collector, again and again, until it answers as it should. */
record Watch(CanaryPush push, URI collector, Secret key, PushReply wanted, Duration patience) {

    private static final Duration PAUSE = Duration.ofMillis(1);

    /** Between pushes once the answer has been waited for in vain: a ledger that is away is no reason for a flood. */
    private static final Duration LONG_PAUSE = Duration.ofMillis(50);

    /**
     * How it ended.
     *
     * @param reply the last one
     * @param atNanos when it came
     */
    record End(PushReply reply, long atNanos) {}

    /**
     * Watches from now on.
     *
     * @param answered when the change was answered, or that it failed: that ends it
     */
    End until(CompletableFuture<Long> answered) throws InterruptedException {
        long began = System.nanoTime();
        while (true) {
            var reply = push.push(collector, key);
            long now = System.nanoTime();
            if (isOver(reply, now, answered)) {
                return new End(reply, now);
            }
            Thread.sleep(now - began < patience.toNanos() ? PAUSE : LONG_PAUSE);
        }
    }

    private boolean isOver(PushReply reply, long now, CompletableFuture<Long> answered) {
        if (reply == wanted || answered.isCompletedExceptionally()) {
            return true;
        }
        // What was told to be in force is never refused, not even for a moment.
        return answered.isDone()
                && ((wanted == PushReply.ACCEPTED && reply == PushReply.REFUSED)
                        || now - answered.join() > patience.toNanos());
    }
}
