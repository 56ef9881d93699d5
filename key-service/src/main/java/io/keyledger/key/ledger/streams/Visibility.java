package io.keyledger.key.ledger.streams;

import io.keyledger.key.ledger.CommandReply;
import io.keyledger.table.Freshness;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Holds an answer back until this process has itself read every row that the change touched: the commit of one
 * transaction reaches each partition's leader by itself, so that a reply may be seen before its rows.
 */
final class Visibility {

    /** Past it a row is not late but gone: compacted away by a later one, or its tombstone dropped. */
    private static final Duration LATE = Duration.ofSeconds(2);

    private final AppliedRows rows;
    private final Freshness freshness;

    Visibility(AppliedRows rows, Freshness freshness) {
        this.rows = rows;
        this.freshness = freshness;
    }

    /** Completes when the change can be seen here, and therefore by whoever asks Kafka from now on. */
    CompletionStage<Void> whenVisible(CommandReply.Applied reply) {
        var waits = reply.touched().entrySet().stream()
                .filter(touched -> rows.follows(touched.getKey()))
                .map(touched -> rows.whenApplied(touched.getKey(), reply.partition(), touched.getValue())
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        var all = CompletableFuture.allOf(waits);
        return all.isDone()
                ? all
                : all.copy()
                        .completeOnTimeout(null, LATE.toMillis(), TimeUnit.MILLISECONDS)
                        .thenCompose(_ -> all.isDone() ? all : prove(reply, all));
    }

    /** The end of every table, asked for after the reply was read, stands for the rows that cannot be seen any more. */
    private CompletionStage<Void> prove(CommandReply.Applied reply, CompletableFuture<Void> all) {
        return freshness
                .prove(reply.organizationId(), LATE)
                .thenCompose(proved -> proved ? CompletableFuture.completedStage(null) : all);
    }
}
