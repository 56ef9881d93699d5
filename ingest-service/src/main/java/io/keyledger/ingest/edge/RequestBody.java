package io.keyledger.ingest.edge;

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
    private final long drainLimit;
    private final long lingerLimit;
    private final CompletableFuture<Collected> collected = new CompletableFuture<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final CompletableFuture<Void> lingered = new CompletableFuture<>();

    /** Null: what comes is thrown away. */
    private volatile @Nullable ByteCollector collector;

    private volatile boolean ended;
    private boolean subscribed;
    private long discarded;

    RequestBody(Flux<DataBuffer> source, PushProperties limits) {
        this.source = source;
        this.drainLimit = limits.drain().toBytes();
        this.lingerLimit = limits.linger().toBytes();
    }

    /** Reads all of it. */
    CompletionStage<Collected> collect(ByteCollector into, Duration within) {
        collector = into;
        begin();
        return collected
                .completeOnTimeout(new Collected.Slow(), within.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((result, _) -> {
                    if (!(result instanceof Collected.Whole)) {
                        collector = null;
                    }
                });
    }

    /** Throws away what comes; completes at the body's end, or when it is longer or slower than is worth waiting for. */
    CompletionStage<Void> drain(Duration within) {
        begin();
        return drained.completeOnTimeout(null, within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Throws away what comes after the answer. */
    CompletionStage<Void> linger(Duration within) {
        return lingered.completeOnTimeout(null, within.toMillis(), TimeUnit.MILLISECONDS);
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
