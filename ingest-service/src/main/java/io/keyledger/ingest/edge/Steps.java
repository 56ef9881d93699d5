package io.keyledger.ingest.edge;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a request, one after the other. What is there already goes on at once, on the same thread and without
 * another future: most pushes wait for nothing but Kafka.
 */
final class Steps {

    /** To begin with. */
    static final CompletableFuture<@Nullable Void> START = done(null);

    private Steps() {}

    static <T extends @Nullable Object> CompletableFuture<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }

    /** Goes on with the value. Fails as the step did, or with what the next one throws. */
    @SuppressWarnings("CatchingUnchecked") // As a future would: what is to happen in the end has to.
    static <T extends @Nullable Object, R> CompletableFuture<R> then(
            CompletableFuture<T> step, Function<? super T, ? extends CompletionStage<R>> next) {
        if (!isThere(step)) {
            return step.thenCompose(next);
        }
        try {
            return next.apply(step.resultNow()).toCompletableFuture();
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Tells how it ended. */
    static <T> CompletableFuture<T> lastly(
            CompletableFuture<T> step, BiConsumer<@Nullable T, @Nullable Throwable> end) {
        if (!isThere(step)) {
            return step.whenComplete(end);
        }
        end.accept(step.resultNow(), null);
        return step;
    }

    /** Goes on with what went wrong, if anything did. */
    static <T> CompletableFuture<T> onFailure(
            CompletableFuture<T> step, Function<Throwable, ? extends CompletionStage<T>> instead) {
        return isThere(step) ? step : step.exceptionallyCompose(instead);
    }

    /** Whether it has succeeded, so that nothing needs to be waited for. */
    static boolean isThere(CompletableFuture<?> step) {
        return step.state() == Future.State.SUCCESS;
    }
}
