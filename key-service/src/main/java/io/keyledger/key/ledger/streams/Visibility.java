package io.keyledger.key.ledger.streams;

import io.keyledger.event.OrganizationId;
import io.keyledger.key.ledger.CommandReply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Holds an answer back until this process has itself read every row that it speaks of: the commit of one transaction
 * reaches each partition's leader by itself, so that a reply may be seen before its rows.
 */
final class Visibility {

    /** Past it a row is not late but gone: compacted away by a later one, or its tombstone dropped. */
    private static final Duration LATE = Duration.ofSeconds(2);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final AppliedRows rows;

    Visibility(AppliedRows rows) {
        this.rows = rows;
    }

    /**
     * Completes when what the reply speaks of can be seen here, and therefore by whoever asks Kafka from now on.
     *
     * @param wanted whether somebody still waits for it
     */
    CompletionStage<Void> whenVisible(CommandReply reply, BooleanSupplier wanted) {
        var touched =
                reply instanceof CommandReply.Applied applied ? touched(applied) : List.<CompletableFuture<Void>>of();
        // A refusal, and "it is so already", rest on rows that some change before wrote: perhaps only a moment before.
        if (touched.isEmpty()) {
            return whenAllRead(reply.organizationId(), wanted);
        }
        var all = CompletableFuture.allOf(touched.toArray(CompletableFuture<?>[]::new));
        if (all.isDone()) {
            return all;
        }
        return all.copy()
                .completeOnTimeout(null, LATE.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(_ -> {
                    if (all.isDone()) {
                        return all;
                    }
                    touched.forEach(row -> row.cancel(false));
                    return whenAllRead(reply.organizationId(), wanted);
                });
    }

    private List<CompletableFuture<Void>> touched(CommandReply.Applied reply) {
        if (!reply.changedNow()) {
            return List.of();
        }
        return reply.touched().entrySet().stream()
                .filter(touched -> rows.follows(touched.getKey()))
                .map(touched -> rows.whenApplied(touched.getKey(), reply.partition(), touched.getValue()))
                .toList();
    }

    /** All that was written by now stands for the rows that nobody can name, or that cannot be seen any more. */
    private CompletionStage<Void> whenAllRead(OrganizationId organization, BooleanSupplier wanted) {
        return rows.whenAllRead(organization, LATE).thenCompose(all -> {
            if (all) {
                return CompletableFuture.completedStage(null);
            }
            return wanted.getAsBoolean()
                    ? new CompletableFuture<Void>()
                            .completeOnTimeout(null, PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                            .thenCompose(_ -> whenAllRead(organization, wanted))
                    : new CompletableFuture<>();
        });
    }
}
