package io.keyledger.key.receipt;

import io.keyledger.event.CollectorReport.Applied;
import io.keyledger.event.CollectorReport.CollectorStatus;
import io.keyledger.event.CollectorReport.Health;
import io.keyledger.event.CollectorReport.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last that was heard of a Collector.
 *
 * @param at when Kafka appended it, by the broker's clock
 * @param clockSkew how far its clock is ahead of the broker's, negative if it is behind; never less than this status
 *     says; null: too little was heard
 */
public record Heard(
        CollectorStatus status, Instant at, @Nullable Duration clockSkew) {

    /** Two reports were due in it, and the third nearly. */
    static final Duration SILENT_AFTER = Duration.ofSeconds(12);

    /** The age of a proof that says that the Collector is cut off from the tables: it asks twice a second. */
    static final Duration CUT_OFF_AFTER = Duration.ofSeconds(5);

    /** How much longer than {@code max-staleness} a silent Collector counts. */
    static final Duration GONE_AFTER_FENCE = Duration.ofSeconds(10);

    /** The same, appended later by so much. */
    Heard later(Duration by) {
        return new Heard(status, at.plus(by), clockSkew);
    }

    /** By when it fences itself if this stays the last; null: it never does, for its operator chose so. */
    public @Nullable Instant fencesItselfAt() {
        return status.failOpen() ? null : at.plus(status.maxStaleness());
    }

    /** How it stands at a moment of the broker's clock. */
    public Standing standing(Instant now) {
        if (status.state() == State.GOODBYE
                || now.isAfter(at.plus(status.maxStaleness()).plus(GONE_AFTER_FENCE))) {
            return Standing.GONE;
        }
        if (now.isAfter(at.plus(SILENT_AFTER))) {
            return Standing.SILENT;
        }
        return isCurrent() ? Standing.LIVE : Standing.LAGGING;
    }

    private boolean isCurrent() {
        var staleness = status.staleness();
        return status.state() == State.SERVING
                && status.health() == Health.HEALTHY
                && staleness != null
                && staleness.compareTo(CUT_OFF_AFTER) <= 0;
    }

    /** Whether its clock is so far off that a secret passes noticeably longer or shorter than was agreed. */
    public boolean isClockOff() {
        return clockSkew != null && clockSkew.abs().compareTo(ClockSkew.ALARM) > 0;
    }

    /** Whether it may let pass what nobody can prove: silent past its fence, and told to go on. */
    boolean isUnprovable(Instant now) {
        return status.failOpen() && status.state() != State.GOODBYE && standing(now) == Standing.GONE;
    }

    /** Whether it has said that it applied a change, every row of it. */
    boolean confirms(Target target) {
        for (var touched : target.revisions().entrySet()) {
            if (!confirms(target.partition(), touched)) {
                return hasProvedSince(target) && isReadable(target);
            }
        }
        return true;
    }

    private boolean confirms(int partition, Map.Entry<String, Long> touched) {
        var applied = find(touched.getKey());
        return applied != null
                // Which of the rows cannot be read, nobody tells: it may be one of the change's.
                && applied.unreadyRows() == 0
                && partition < applied.revisions().size()
                && applied.revisions().get(partition) >= touched.getValue();
    }

    /**
     * A Collector that has loaded its tables since may never see the change's own rows: later ones took their places, or
     * a tombstone is gone. But it has proved, well after the change, that it has all that there is. How long the status
     * was on its way nobody knows, so that its own clock says when that was.
     */
    private boolean hasProvedSince(Target target) {
        var staleness = status.staleness();
        return status.state() == State.SERVING
                && staleness != null
                && clockSkew != null
                && status.reportedAt().minus(clockSkew).minus(staleness).isAfter(target.settled());
    }

    private boolean isReadable(Target target) {
        return target.revisions().keySet().stream().allMatch(table -> {
            var applied = find(table);
            return applied != null && applied.unreadyRows() == 0;
        });
    }

    private @Nullable Applied find(String table) {
        for (var applied : status.applied()) {
            if (applied.table().equals(table)) {
                return applied;
            }
        }
        return null;
    }
}
