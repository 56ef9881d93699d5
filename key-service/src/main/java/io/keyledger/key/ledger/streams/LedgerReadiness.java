package io.keyledger.key.ledger.streams;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Part of readiness: whether the ledger takes commands. */
record LedgerReadiness(LedgerLifecycle lifecycle) implements HealthIndicator {

    @Override
    public Health health() {
        var health = lifecycle.ready() ? Health.up() : Health.outOfService();
        return health.withDetails(lifecycle.parts()).build();
    }
}
