package io.keyledger.key.receipt;

import java.time.Instant;
import java.util.Map;

/**
 * What a Collector has applied when it has applied a change.
 *
 * @param partition of the ledger
 * @param revisions for each table that the change touched, the highest revision of its rows
 * @param at when the change was made, in ledger time
 * @param settled by the broker's clock, a moment at which the change was committed for certain, long enough ago for a
 *     status of that moment to have been appended
 */
public record Target(int partition, Map<String, Long> revisions, Instant at, Instant settled) {
    public Target {
        revisions = Map.copyOf(revisions);
    }
}
