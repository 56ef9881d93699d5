package io.keyledger.ingest.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request: collected, or read and thrown away. What arrives before somebody wants it is kept, and the
 * connection reads no further meanwhile. All of its state belongs to the connection's event loop.
 */
final class RequestBody {

    private final EventLoop loop;
    private final PushProperties limits;
    private final Runnable onWanted;
    private final Queue<ByteBuf> early = new ArrayDeque<>(2);
    private final CompletableFuture<Collected> collected = new CompletableFuture<>();

    /** Null: what comes is thrown away. */
    private @Nullable ByteCollector collector;

    private boolean wanted;
    private boolean ended;
    private boolean broken;
    private long discarded;
    private long discardLimit;
    private CompletableFuture<@Nullable Void> enough = new CompletableFuture<>();

    /** @param onWanted called in the event loop when the body, of which something is missing, is asked for */
    RequestBody(EventLoop loop, PushProperties limits, Runnable onWanted) {
        this.loop = loop;
        this.limits = limits;
        this.onWanted = onWanted;
    }

    /** Reads all of it. */
    CompletableFuture<Collected> collect(ByteCollector into, Duration within) {
        if (!loop.inEventLoop()) {
            return Steps.START.thenComposeAsync(_ -> collect(into, within), loop);
        }
        collector = into;
        want();
        orAfter(within, collected, new Collected.Slow());
        return collected;
    }

    /** Throws away what comes; completes at the body's end, or when it is longer or slower than is worth waiting for. */
    CompletableFuture<@Nullable Void> drain(Duration within) {
        if (!loop.inEventLoop()) {
            return Steps.START.thenComposeAsync(_ -> drain(within), loop);
        }
        if (ended) {
            collector = null;
            takeEarly();
            return Steps.START;
        }
        var drained = new CompletableFuture<@Nullable Void>();
        discard(limits.drain().toBytes(), drained);
        want();
        if (broken) {
            drained.complete(null);
        }
        orAfter(within, drained, null);
        return drained;
    }

    /** Throws away what comes after the answer; a sender that announced to wait for a word gets none. */
    CompletableFuture<@Nullable Void> linger(Duration within) {
        var lingered = new CompletableFuture<@Nullable Void>();
        discard(limits.linger().toBytes(), lingered);
        takeEarly();
        orAfter(within, lingered, null);
        return lingered;
    }

    /** Whether there is nothing more to read, so that the connection may be used again. */
    boolean hasEnded() {
        return ended;
    }

    /** Whether what comes next has somewhere to go. */
    boolean takesMore() {
        return early.isEmpty();
    }

    /** Takes a chunk, and releases it. */
    void onChunk(ByteBuf chunk) {
        if (wanted) {
            take(chunk);
        } else {
            early.add(chunk);
        }
    }

    /** It is whole. */
    void onEnd() {
        ended = true;
        if (wanted) {
            settle();
        }
    }

    /** There will be no more of it; one that is whole is taken all the same. */
    void onBroken() {
        if (ended) {
            return;
        }
        broken = true;
        collector = null;
        takeEarly();
        collected.complete(new Collected.Broken());
        enough.complete(null);
    }

    private void settle() {
        var into = collector;
        collector = null;
        if (into != null) {
            collected.complete(into.whole());
        }
        enough.complete(null);
    }

    private void want() {
        if (wanted) {
            if (ended) {
                settle();
            }
            return;
        }
        takeEarly();
        if (ended) {
            settle();
        } else if (!collected.isDone()) {
            onWanted.run();
        }
    }

    private void take(ByteBuf chunk) {
        try {
            var into = collector;
            if (into == null) {
                discarded += chunk.readableBytes();
                if (discarded > discardLimit) {
                    enough.complete(null);
                }
                return;
            }
            var failure = into.add(chunk.nioBuffer());
            if (failure != null) {
                collector = null;
                collected.complete(failure);
            }
        } finally {
            chunk.release();
        }
    }

    private void discard(long limit, CompletableFuture<@Nullable Void> future) {
        collector = null;
        discardLimit = limit;
        enough = future;
        if (discarded > limit || ended) {
            future.complete(null);
        }
    }

    /** Takes what came early; from now on what comes is taken at once. */
    void takeEarly() {
        wanted = true;
        while (!early.isEmpty()) {
            take(early.remove());
        }
    }

    /** Completes it when the time is over, if nothing did before. */
    private <T extends @Nullable Object> void orAfter(Duration within, CompletableFuture<T> future, T otherwise) {
        if (!future.isDone()) {
            var timeout = loop.schedule(
                    () -> {
                        collector = null;
                        future.complete(otherwise);
                    },
                    within.toNanos(),
                    TimeUnit.NANOSECONDS);
            var _ = future.whenComplete((_, _) -> timeout.cancel(false));
        }
    }
}
