package io.keyledger.ingest.tables;

import io.keyledger.ingest.edge.TableStanding;
import io.keyledger.ingest.usage.CollectorReporter;
import io.keyledger.table.Freshness;
import io.keyledger.table.StalenessRule;
import java.util.function.BooleanSupplier;

/** Judges by the tables, and by how long ago the Collector was last heard: both may cut it off. */
final class LoaderStanding implements TableStanding {

    private final BooleanSupplier isLoaded;
    private final Freshness freshness;
    private final CollectorReporter reporter;
    private final StalenessRule rule;
    private volatile boolean isProvedSinceAnnounced;

    LoaderStanding(BooleanSupplier isLoaded, Freshness freshness, CollectorReporter reporter, StalenessRule rule) {
        this.isLoaded = isLoaded;
        this.freshness = freshness;
        this.reporter = reporter;
        this.rule = rule;
    }

    /**
     * A Collector counts among those that must confirm a change from its first acknowledged status on. A change that the
     * others confirmed before that is in every proof that was asked for after it, and maybe in no other.
     */
    @Override
    public boolean loaded() {
        return isLoaded.getAsBoolean() && freshness.isProved() && isProvedSinceAnnounced();
    }

    private boolean isProvedSinceAnnounced() {
        if (!isProvedSinceAnnounced) {
            // The proof's age is taken last, so that it rather seems older.
            isProvedSinceAnnounced = reporter.sinceAnnounced().compareTo(freshness.staleness()) > 0;
        }
        return isProvedSinceAnnounced;
    }

    @Override
    public StalenessRule.Standing age() {
        return rule.judge(freshness.staleness(), reporter.silence());
    }
}
