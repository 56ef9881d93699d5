package io.keyledger.table;

import io.keyledger.event.OrganizationId;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;

/**
 * How sure this process can be that its tables are the current ones (DESIGN.md, section 6). A proof is an answer of
 * Kafka, "this is the end", that the tables have reached; its age counts from the sending of the question.
 */
public interface Freshness {

    /** The staleness of tables of which nothing was ever proved. */
    Duration NEVER = ChronoUnit.FOREVER.getDuration();

    /** The age of the last proof for all tables, or {@link #NEVER}. Cheap: for every push. */
    Duration staleness();

    /** Whether the tables were ever proved to be the current ones since they were loaded. */
    default boolean isProved() {
        return !staleness().equals(NEVER);
    }

    /**
     * Asks for a proof for the partitions of one organization in all tables. The question is sent after this call, so
     * that every row committed before the call has been applied when the answer is true. Many share one question, and
     * no thread waits.
     *
     * @param within completes by then
     * @return false if there is no proof in time, Kafka is away, the tables are being loaded, or too many wait already
     */
    CompletionStage<Boolean> prove(OrganizationId organization, Duration within);

    /** Like {@link #prove}, for all partitions of {@code key-state}: that a hash is in none of them. */
    CompletionStage<Boolean> proveAllKeys(Duration within);
}
