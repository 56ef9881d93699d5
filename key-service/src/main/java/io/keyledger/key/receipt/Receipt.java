package io.keyledger.key.receipt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * On how many Collectors a change is enforced.
 *
 * @param of all that count: from before they serve until they say good-bye, or have fenced themselves
 * @param lastAfterMillis from the change to the last confirmation so far, by the broker's clock; null: there is none, or
 *     nobody here saw when it came
 * @param laggards those that have not confirmed
 * @param unprovable those that no longer count, but may let pass anything: their operator chose so
 */
public record Receipt(
        int enforcedOn, int of, @Nullable Long lastAfterMillis, List<Named> laggards, List<Named> unprovable) {

    public Receipt {
        laggards = List.copyOf(laggards);
        unprovable = List.copyOf(unprovable);
    }

    /**
     * A Collector, and how it stands.
     *
     * @param sharesId whether another process speaks by the same id
     */
    public record Named(Heard heard, Standing standing, boolean sharesId) {

        /** Its id. */
        public String id() {
            return heard.status().collectorId();
        }
    }

    /** Whether all have confirmed. */
    public boolean isComplete() {
        return enforcedOn == of;
    }
}
