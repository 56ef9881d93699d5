package io.keyledger.audit.web;

import io.keyledger.audit.ledger.HeldTables;
import io.keyledger.audit.record.RecordService;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Ready from when the tables of PostgreSQL were made and those of keys are loaded, and from then on: what is away later
 * makes single answers 503, and is told in the details, as alarms are.
 */
@Component("record")
final class RecordHealthIndicator implements HealthIndicator {

    private final RecordService record;
    private final HeldTables tables;

    RecordHealthIndicator(RecordService record, HeldTables tables) {
        this.record = record;
        this.tables = tables;
    }

    @Override
    public Health health() {
        var status = record.status();
        boolean loaded = tables.loaded();
        var health = status.migrated() && loaded ? Health.up() : Health.outOfService();
        health.withDetail("migrated", status.migrated())
                .withDetail("tablesLoaded", loaded)
                .withDetail("lag", status.lag())
                .withDetail("alarms", status.alarms());
        status.problem().ifPresent(problem -> health.withDetail("problem", problem));
        return health.build();
    }
}
