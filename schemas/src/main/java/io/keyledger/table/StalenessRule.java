package io.keyledger.table;

import java.time.Duration;

/**
 * How long a process that is cut off from Kafka goes on with what it knows.
 *
 * @param maxStaleness counted from the older of the last proof and the last acknowledged status
 * @param failOpen whether it goes on even past that; what it lets pass is then unprovable
 */
public record StalenessRule(Duration maxStaleness, boolean failOpen) {

    /** Five minutes, then closed. */
    public static final StalenessRule DEFAULT = new StalenessRule(Duration.ofMinutes(5), false);

    /** @throws IllegalArgumentException if {@code maxStaleness} is not positive */
    public StalenessRule {
        if (!maxStaleness.isPositive()) {
            throw new IllegalArgumentException("Expected max-staleness above zero, but got " + maxStaleness + ".");
        }
    }

    /** What the age of the tables allows. */
    public enum Standing {
        /** Decide by the tables. */
        FRESH,
        /** Too old: answer "not now". */
        STALE,
        /** Too old, but the operator chose to go on: decide by the tables, and say that nobody can prove it. */
        UNPROVABLE
    }

    /**
     * Judges by both ages; whoever publishes no status passes {@link Duration#ZERO} for it.
     *
     * @param sinceProof the age of the last proof
     * @param sinceStatus the age of the last acknowledged status, from when it was sent
     */
    public Standing judge(Duration sinceProof, Duration sinceStatus) {
        var older = sinceProof.compareTo(sinceStatus) > 0 ? sinceProof : sinceStatus;
        if (older.compareTo(maxStaleness) <= 0) {
            return Standing.FRESH;
        }
        return failOpen ? Standing.UNPROVABLE : Standing.STALE;
    }
}
