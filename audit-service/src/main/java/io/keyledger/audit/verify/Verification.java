package io.keyledger.audit.verify;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a verification came to.
 *
 * @param ledgerId the chains begin from it; null: nothing was ever recorded
 * @param events how many there are
 * @param unread how many of them this version cannot read, or the one that recorded them could not: only their bytes
 *     were verified
 * @param alarms how many were raised on arrival, ever
 * @param tips where each partition's chain ends: to be compared with the log's own
 * @param findings what does not hold, the first of them
 * @param findingsInAll how many there are
 */
public record Verification(
        @Nullable UUID ledgerId,
        long events,
        long unread,
        long alarms,
        Map<Integer, Tip> tips,
        List<Finding> findings,
        long findingsInAll) {
    public Verification {
        tips = Map.copyOf(tips);
        findings = List.copyOf(findings);
    }

    /**
     * The end of a partition's chain.
     *
     * @param chain in hexadecimal
     */
    public record Tip(long revision, String chain) {}

    /** Whether all of it holds. */
    public boolean holds() {
        return findingsInAll == 0;
    }
}
