package io.keyledger.client;

import io.keyledger.table.Freshness;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every 500 ms for what the reading itself does not notice. */
final class LoaderWatch {

    private static final Logger LOG = LoggerFactory.getLogger(LoaderWatch.class);
    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CUT_OFF_AFTER = Duration.ofSeconds(5);
    private static final String CUT_OFF =
            "Kafka does not answer, or a partition has no leader: the tables are as they were.";

    private final TopicInspector inspector;
    private final LoaderState state;
    private final Freshness freshness;
    private final LongSupplier nanoClock;
    private final AtomicBoolean isLookingAtIds = new AtomicBoolean();
    private long fineNanos;
    private volatile boolean isCutOff;

    LoaderWatch(TopicInspector inspector, LoaderState state, Freshness freshness, LongSupplier nanoClock) {
        this.inspector = inspector;
        this.state = state;
        this.freshness = freshness;
        this.nanoClock = nanoClock;
        this.fineNanos = nanoClock.getAsLong();
    }

    void look() {
        lookAtIds();
        tellWhetherCutOff();
    }

    /** That the loaded tables have not been proved fresh for some seconds. */
    Optional<String> problem() {
        return isCutOff ? Optional.of(CUT_OFF) : Optional.empty();
    }

    /** An empty poll looks the same when idle and when cut off: only the proofs tell. */
    private void tellWhetherCutOff() {
        long now = nanoClock.getAsLong();
        if (!state.isReady || freshness.staleness().compareTo(CUT_OFF_AFTER) <= 0) {
            fineNanos = now;
        }
        boolean isSo = now - fineNanos > CUT_OFF_AFTER.toNanos();
        if (isSo && !isCutOff) {
            LOG.atWarn().log("Cut off: {}", CUT_OFF);
        } else if (!isSo && isCutOff) {
            LOG.atInfo().log("No longer cut off: the tables are proved fresh, or loaded anew");
        }
        isCutOff = isSo;
    }

    /** A topic that was deleted and made anew goes on under the old positions, and nothing else would tell. */
    private void lookAtIds() {
        if (state.ids.isEmpty() || !isLookingAtIds.compareAndSet(false, true)) {
            return;
        }
        var answers = inspector.describeLater(state.ids.keySet(), ASK_TIMEOUT);
        var last = CompletableFuture.allOf(answers.entrySet().stream()
                .map(answer -> answer.getValue().thenAccept(description -> {
                    var known = state.ids.get(answer.getKey());
                    if (known != null && !known.equals(description.topicId())) {
                        state.resets.put(answer.getKey(), "it is another topic by the same name");
                    }
                }))
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new));
        var _ = last.whenComplete((_, _) -> isLookingAtIds.set(false));
    }
}
