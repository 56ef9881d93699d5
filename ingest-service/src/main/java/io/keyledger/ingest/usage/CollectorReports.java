package io.keyledger.ingest.usage;

import io.keyledger.client.LedgerTablesLoader;
import io.keyledger.event.CollectorReport;
import io.keyledger.event.CollectorReport.AccessDenials;
import io.keyledger.event.CollectorReport.Applied;
import io.keyledger.event.CollectorReport.CollectorStatus;
import io.keyledger.event.CollectorReport.Health;
import io.keyledger.event.CollectorReport.HostUsage;
import io.keyledger.event.CollectorReport.KeyUsage;
import io.keyledger.event.CollectorReport.State;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import io.keyledger.table.Freshness;
import io.keyledger.table.StalenessRule;
import io.keyledger.table.StalenessRule.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Makes the reports of what a Collector knows of itself. */
public final class CollectorReports {

    /** A report with what has to be given back if it was not told. */
    record Part<T extends CollectorReport>(String key, T report, Runnable giveBack) {}

    /** Bounds the size of a record. */
    private static final int PART = 1_000;

    private static final String UNKNOWN = "unknown";

    private final CollectorProperties properties;
    private final String version;
    private final StalenessRule rule;
    private final LedgerTablesLoader loader;
    private final UsageBook usage;
    private final DenialBook denials;
    private final InstantSource clock;
    private final Instant startedAt;

    /**
     * Tells of these tables and books, as a Collector that starts now.
     *
     * @throws IllegalArgumentException if it is to report too seldom for that rule
     */
    public CollectorReports(
            CollectorProperties properties,
            String version,
            StalenessRule rule,
            LedgerTablesLoader loader,
            UsageBook usage,
            DenialBook denials,
            InstantSource clock) {
        properties.requireReportsWithin(rule.maxStaleness());
        this.properties = properties;
        this.version = version;
        this.rule = rule;
        this.loader = loader;
        this.usage = usage;
        this.denials = denials;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    Instant startedAt() {
        return startedAt;
    }

    /**
     * The status of now.
     *
     * @param claimed what it is as far as its reporter knows; whoever has no tables does not serve
     * @param silence the age of the last acknowledged status
     */
    CollectorStatus status(State claimed, Duration silence) {
        // First: others reckon from it when the last proof was, which may seem earlier than it was, never later.
        var now = clock.instant();
        var staleness = loader.freshness().staleness();
        var state = claimed == State.SERVING && !loader.isReady() ? State.STARTING : claimed;
        return new CollectorStatus(
                properties.id(),
                version,
                properties.region(),
                Objects.toString(properties.address(), null),
                startedAt,
                now,
                state,
                health(staleness, silence),
                staleness.equals(Freshness.NEVER) ? null : staleness,
                rule.maxStaleness(),
                rule.failOpen(),
                applied());
    }

    private Health health(Duration staleness, Duration silence) {
        if (loader.isReady() && rule.judge(staleness, silence) != Standing.FRESH) {
            return Health.STALE;
        }
        var unreadable = loader.unreadableRows() + loader.counters().unreadableKeys();
        return unreadable > 0 ? Health.LAGGARD : Health.HEALTHY;
    }

    private List<Applied> applied() {
        return Topics.TABLES.stream()
                .map(table -> new Applied(table, loader.unreadableRows(table), loader.appliedRevisions(table)))
                .toList();
    }

    List<Part<KeyUsage>> takeUsage() {
        var now = clock.instant();
        var parts = new ArrayList<Part<KeyUsage>>();
        usage.takeChanged().forEach((secret, hosts) -> {
            for (var from = 0; from < hosts.size(); from += PART) {
                List<HostUsage> some = hosts.subList(from, Math.min(hosts.size(), from + PART));
                var report = new KeyUsage(
                        properties.id(), startedAt, now, secret.organization(), secret.key(), secret.hash(), some);
                parts.add(new Part<>(secret.key().toString(), report, () -> usage.giveBack(secret, some)));
            }
        });
        return parts;
    }

    List<Part<AccessDenials>> takeDenials() {
        var now = clock.instant();
        var parts = new ArrayList<Part<AccessDenials>>();
        denials.takeChanged().forEach((organization, refused) -> {
            for (var from = 0; from < refused.size(); from += PART) {
                var some = refused.subList(from, Math.min(refused.size(), from + PART));
                var report = new AccessDenials(
                        properties.id(),
                        startedAt,
                        now,
                        organization.orElse(null),
                        some.stream().map(denials::report).toList());
                var key = organization.map(OrganizationId::toString).orElse(UNKNOWN);
                parts.add(new Part<>(key, report, () -> denials.giveBack(some)));
            }
        });
        return parts;
    }
}
