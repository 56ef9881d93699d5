package io.keyledger.ingest.tables;

import io.keyledger.ingest.edge.TableStanding;
import io.keyledger.ingest.usage.CollectorReporter;
import io.keyledger.table.Freshness;
import io.keyledger.table.StalenessRule;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Judges by the tables, and by how long ago the Collector was last heard: both may cut it off. */
final class LoaderStanding implements TableStanding {

    private final BooleanSupplier isLoaded;
    private final Freshness freshness;
    private final CollectorReporter reporter;
    private final StalenessRule rule;
    private volatile boolean wasProvedSinceCounted;

    LoaderStanding(BooleanSupplier isLoaded, Freshness freshness, CollectorReporter reporter, StalenessRule rule) {
        this.isLoaded = isLoaded;
        this.freshness = freshness;
        this.reporter = reporter;
        this.rule = rule;
    }

    @Override
    public boolean loaded() {
        return isLoaded.getAsBoolean() && freshness.isProved() && wasProvedSinceCounted();
    }

    /** Once is enough: what the tables are worth later is a question of their age. */
    private boolean wasProvedSinceCounted() {
        if (!wasProvedSinceCounted) {
            wasProvedSinceCounted = !sinceProof().equals(Freshness.NEVER);
        }
        return wasProvedSinceCounted;
    }

    @Override
    public StalenessRule.Standing age() {
        // Taken first: a status that comes in between makes it count anew, and what was a silence before is one here.
        var silence = reporter.silence();
        return rule.judge(sinceProof(), silence);
    }

    /**
     * The age of the last proof that was asked for since the Collector counts among those that must confirm a change;
     * {@link Freshness#NEVER}: of none. A change that the others confirmed before is in such a proof, and maybe in no older.
     */
    private Duration sinceProof() {
        var sinceCounted = reporter.sinceCounted();
        // Taken last, so that the proof rather seems older.
        var staleness = freshness.staleness();
        return sinceCounted.compareTo(staleness) > 0 ? staleness : Freshness.NEVER;
    }
}
