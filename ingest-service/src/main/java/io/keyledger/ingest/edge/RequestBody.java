package io.keyledger.ingest.edge;

import io.netty.util.Timer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/**
 * The body of one request: collected, or read and thrown away. It is never cancelled, for that would close the
 * connection before the sender has seen the answer.
 */
final class RequestBody extends BaseSubscriber<DataBuffer> {

    private final Flux<DataBuffer> source;
    private final Timer timer;
    private final long drainLimit;
    private final long lingerLimit;
    private final CompletableFuture<Collected> collected = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> lingered = new CompletableFuture<>();

    /** Null: what comes is thrown away. */
    private volatile @Nullable ByteCollector collector;

    private volatile boolean ended;
    private boolean subscribed;
    private long discarded;

    RequestBody(Flux<DataBuffer> source, PushProperties limits, Timer timer) {
        this.source = source;
        this.timer = timer;
        this.drainLimit = limits.drain().toBytes();
        this.lingerLimit = limits.linger().toBytes();
    }

    /** Reads all of it. */
    CompletionStage<Collected> collect(ByteCollector into, Duration within) {
        collector = into;
        begin();
        return orAfter(within, collected, new Collected.Slow()).whenComplete((result, _) -> {
            if (!(result instanceof Collected.Whole)) {
                collector = null;
            }
        });
    }

    /** Throws away what comes; completes at the body's end, or when it is longer or slower than is worth waiting for. */
    CompletionStage<@Nullable Void> drain(Duration within) {
        begin();
        return orAfter(within, drained, null);
    }

    /** Throws away what comes after the answer, also of a sender that announced to wait for it and does not. */
    CompletionStage<@Nullable Void> linger(Duration within) {
        begin();
        return orAfter(within, lingered, null);
    }

    /** Completes it when the time is over, if nothing did before. */
    private <T extends @Nullable Object> CompletableFuture<T> orAfter(
            Duration within, CompletableFuture<T> future, T otherwise) {
        if (!future.isDone()) {
            var timeout = timer.newTimeout(_ -> future.complete(otherwise), within.toMillis(), TimeUnit.MILLISECONDS);
            var _ = future.whenComplete((_, _) -> timeout.cancel());
        }
        return future;
    }

    /** Whether there is nothing more to read, so that the connection may be used again. */
    boolean hasEnded() {
        return ended;
    }

    private void begin() {
        if (!subscribed) {
            subscribed = true;
            source.subscribe(this);
        }
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    protected void hookOnNext(DataBuffer buffer) {
        try {
            var into = collector;
            if (into == null) {
                discard(buffer.readableByteCount());
            } else {
                add(into, buffer);
            }
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    private void add(ByteCollector into, DataBuffer buffer) {
        try (var chunks = buffer.readableByteBuffers()) {
            while (chunks.hasNext()) {
                var failure = into.add(chunks.next());
                if (failure != null) {
                    collector = null;
                    collected.complete(failure);
                    return;
                }
            }
        }
    }

    private void discard(int bytes) {
        discarded += bytes;
        if (discarded > drainLimit) {
            drained.complete(null);
        }
        if (discarded > lingerLimit) {
            lingered.complete(null);
        }
    }

    @Override
    protected void hookOnComplete() {
        end();
        var into = collector;
        if (into != null) {
            collected.complete(into.whole());
        }
    }

    @Override
    protected void hookOnError(Throwable failure) {
        end();
        collected.complete(new Collected.Broken());
    }

    private void end() {
        ended = true;
        drained.complete(null);
        lingered.complete(null);
    }
}
