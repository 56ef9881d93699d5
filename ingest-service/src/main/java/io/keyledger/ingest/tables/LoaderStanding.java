package io.keyledger.ingest.tables;

import io.keyledger.client.LedgerTablesLoader;
import io.keyledger.ingest.edge.TableStanding;
import io.keyledger.ingest.usage.CollectorReporter;
import io.keyledger.table.StalenessRule;

/** Judges by the loader, and by how long ago the Collector was last heard: both may cut it off. */
final class LoaderStanding implements TableStanding {

    private final LedgerTablesLoader loader;
    private final CollectorReporter reporter;
    private final StalenessRule rule;

    LoaderStanding(LedgerTablesLoader loader, CollectorReporter reporter, StalenessRule rule) {
        this.loader = loader;
        this.reporter = reporter;
        this.rule = rule;
    }

    /**
     * A Collector counts among those that must confirm a change from before it serves, and its first proof, soon after
     * the tables are loaded, is the first that its pushes can rest on.
     */
    @Override
    public boolean loaded() {
        return loader.isReady() && loader.freshness().isProved() && reporter.isAnnounced();
    }

    @Override
    public StalenessRule.Standing age() {
        return rule.judge(loader.freshness().staleness(), reporter.silence());
    }
}
