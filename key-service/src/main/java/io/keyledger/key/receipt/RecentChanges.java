package io.keyledger.key.receipt;

import io.keyledger.event.EventId;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.key.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The last changes of all instances, whose confirmations are seen as they come. */
final class RecentChanges {

    static final int KEPT = 10_000;

    /** So far may the broker's clock be behind the ledger's, and how far a Collector's is ahead be known too late. */
    private static final Duration SETTLES = Duration.ofMinutes(1);

    /** Of a change that was not seen when it was made, the ledger's time alone is known, by another clock. */
    private static final Duration SETTLED_FOR_CERTAIN = Duration.ofMinutes(10);

    private final Fleet fleet;
    private final Consumer<Duration> onEnforced;
    private final Map<EventId, Recent> recent = new LinkedHashMap<>();

    private record Recent(OrganizationId organization, Tracked tracked) {}

    /** @param onEnforced told how long it took, whenever the last Collector has confirmed a change */
    RecentChanges(Fleet fleet, Consumer<Duration> onEnforced) {
        this.fleet = fleet;
        this.onEnforced = onEnforced;
    }

    /** An event was made just now. */
    void onEvent(int partition, LedgerEvent event, Instant now) {
        var target = target(partition, event, settled(event.occurredAt(), now));
        var tracked = fleet.track(target, true);
        if (!target.revisions().isEmpty()) {
            var _ = tracked.whenConfirmed().thenRun(() -> {
                if (tracked.isConfirmed()) {
                    onEnforced.accept(tracked.lastAfter());
                }
            });
        }
        synchronized (recent) {
            recent.put(event.eventId(), new Recent(event.organizationId(), tracked));
            if (recent.size() > KEPT) {
                recent.remove(recent.keySet().iterator().next());
            }
        }
    }

    Optional<Tracked> find(OrganizationId organization, EventId event) {
        synchronized (recent) {
            return Optional.ofNullable(recent.get(event))
                    .filter(found -> found.organization().equals(organization))
                    .map(Recent::tracked);
        }
    }

    /** An event that was not seen when it was made. Its receipt is looked at, and nobody is told when it is confirmed. */
    Tracked past(int partition, LedgerEvent event) {
        return new Tracked(target(partition, event, event.occurredAt().plus(SETTLED_FOR_CERTAIN)), false);
    }

    /** What was just answered: these revisions of these tables, written just now or before. */
    Tracked answered(int partition, Map<String, Long> revisions, Instant at, boolean isNew, Instant now) {
        var settled = isNew ? settled(at, now) : at.plus(SETTLED_FOR_CERTAIN);
        return fleet.track(new Target(partition, revisions, at, settled), isNew);
    }

    /** The broker's time stands still while nothing can be read: a change that comes after that was made later. */
    private static Instant settled(Instant made, Instant now) {
        return (made.isAfter(now) ? made : now).plus(SETTLES);
    }

    private static Target target(int partition, LedgerEvent event, Instant settled) {
        var revisions =
                Ledger.tables(event.event()).stream().collect(Collectors.toMap(table -> table, _ -> event.revision()));
        return new Target(partition, revisions, event.occurredAt(), settled);
    }
}
