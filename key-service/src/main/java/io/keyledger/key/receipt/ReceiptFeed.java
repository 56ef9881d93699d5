package io.keyledger.key.receipt;

import io.keyledger.client.CodecReaders;
import io.keyledger.client.LedgerConnection;
import io.keyledger.client.LedgerTablesLoader;
import io.keyledger.client.LoaderBuilder;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.event.Topics;
import io.keyledger.table.Freshness;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the statuses of all Collectors and the changes of all instances, apart from the tables: a thousand Collectors
 * that all confirm a change must not hold up the answer to the next one.
 */
final class ReceiptFeed implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(500);

    private final Fleet fleet = new Fleet();
    private final BrokerTime time = new BrokerTime(System::nanoTime, InstantSource.system(), this::staleness);
    private final RecentChanges recent;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("receipts-time").daemon().factory());
    private volatile @Nullable LedgerTablesLoader loader;

    /** @param onEnforced told how long it took, whenever the last Collector has confirmed a change */
    ReceiptFeed(Consumer<Duration> onEnforced) {
        this.recent = new RecentChanges(fleet, onEnforced);
    }

    /** Begins in the background, and waits by itself for Kafka and for the topics. */
    void start(LedgerConnection ledger, LedgerCodec codec) {
        var connection =
                new LedgerConnection(ledger.bootstrapServers(), ledger.clientId() + "-receipts", ledger.properties());
        loader = new LoaderBuilder(connection, CodecReaders.rows(codec))
                .followProved(Topics.COLLECTOR_STATUS, new StatusFollower(codec, fleet, time))
                .followFromEnd(Topics.KEY_EVENTS, new EventFollower(codec, recent, time))
                .start();
        var _ = timer.scheduleWithFixedDelay(
                () -> fleet.onTime(time.now()), TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    Fleet fleet() {
        return fleet;
    }

    RecentChanges recent() {
        return recent;
    }

    BrokerTime time() {
        return time;
    }

    /** Whether all statuses have been read up to a moment ago. */
    boolean isKnown() {
        var following = loader;
        return following != null && following.isReady() && staleness().compareTo(Heard.CUT_OFF_AFTER) <= 0;
    }

    /** True once all was read that the Collectors had said of themselves when this was called. */
    CompletionStage<Boolean> whenAllRead(Duration within) {
        var following = loader;
        return following == null ? CompletableFuture.completedFuture(false) : following.whenAllRead(within);
    }

    private Duration staleness() {
        var following = loader;
        return following == null ? Freshness.NEVER : following.freshness().staleness();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        var following = loader;
        if (following != null) {
            following.close();
        }
    }
}
