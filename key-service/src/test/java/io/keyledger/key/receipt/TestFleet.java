package io.keyledger.key.receipt;

import io.keyledger.event.EventId;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Receipts without Kafka: a test says what the Collectors say. */
public final class TestFleet implements PastChanges {

    private final Fleet fleet = new Fleet();
    private final BrokerTime time = new BrokerTime(System::nanoTime, Instant::now, () -> Duration.ZERO);
    private final RecentChanges recent = new RecentChanges(fleet, _ -> {});
    private final Receipts receipts;
    private final int partitions;
    public volatile boolean known = true;

    /** @param partitions of the ledger */
    public TestFleet(int partitions) {
        this.partitions = partitions;
        receipts = new Receipts(
                fleet, recent, this, time, () -> known, _ -> CompletableFuture.completedFuture(true), partitions);
    }

    public Receipts receipts() {
        return receipts;
    }

    /** A Collector says that it has applied everything up to this revision. */
    public void hear(String collector, long revision) {
        hear(Statuses.of(collector, revision, partitions));
    }

    /** A Collector says something. */
    public void hear(Statuses status) {
        hear(status, Duration.ZERO);
    }

    /** The same by a clock that is so far ahead. */
    public void hear(Statuses status, Duration ahead) {
        var now = Instant.now();
        fleet.onStatus(status.status(now.plus(ahead)), now, now);
    }

    /** Nobody was ever heard of. */
    public void forgetAll() {
        fleet.reset();
    }

    public void onEvent(int partition, LedgerEvent event) {
        recent.onEvent(partition, event, Instant.now());
    }

    @Override
    public Optional<LedgerEvent> find(OrganizationId organization, EventId event) {
        return Optional.empty();
    }
}
