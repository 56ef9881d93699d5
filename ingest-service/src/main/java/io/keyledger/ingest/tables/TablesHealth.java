package io.keyledger.ingest.tables;

import io.keyledger.client.LedgerTablesLoader;
import io.keyledger.ingest.edge.TableStanding;
import io.keyledger.ingest.usage.CollectorReporter;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Ready once the tables are loaded, and still so when Kafka falls. */
final class TablesHealth implements HealthIndicator {

    private final TableStanding standing;
    private final LedgerTablesLoader loader;
    private final CollectorReporter reporter;

    TablesHealth(TableStanding standing, LedgerTablesLoader loader, CollectorReporter reporter) {
        this.standing = standing;
        this.loader = loader;
        this.reporter = reporter;
    }

    @Override
    public Health health() {
        var health = standing.loaded() ? Health.up() : Health.outOfService();
        if (loader.isReady() && !standing.loaded()) {
            health.withDetail(
                    "waitsFor",
                    "the first status to be acknowledged on collector-status, and a proof of freshness after it");
        }
        loader.problem().ifPresent(problem -> health.withDetail("problem", problem));
        reporter.problem().ifPresent(problem -> health.withDetail("reports", problem));
        return health.withDetail("unreadableRows", loader.unreadableRows()).build();
    }
}
