package io.keyledger.audit.ledger;

import io.keyledger.client.LedgerTablesLoader;
import io.keyledger.table.Freshness;
import io.keyledger.table.KeyCheck;
import io.keyledger.table.StalenessRule;
import java.time.Duration;

/** The tables as the loader fills them. */
final class LoadedTables implements HeldTables {

    private final LedgerTablesLoader loader;
    private final StalenessRule rule;
    private final KeyCheck check;

    LoadedTables(LedgerTablesLoader loader, StalenessRule rule) {
        this.loader = loader;
        this.rule = rule;
        this.check = new KeyCheck(loader.tables());
    }

    @Override
    public boolean loaded() {
        return loader.isReady();
    }

    @Override
    public boolean stale() {
        // It publishes no status: the proof alone counts.
        return rule.judge(loader.freshness().staleness(), Duration.ZERO) != StalenessRule.Standing.FRESH;
    }

    @Override
    public KeyCheck check() {
        return check;
    }

    @Override
    public Freshness freshness() {
        return loader.freshness();
    }
}
