package io.keyledger.key.receipt;

import io.keyledger.table.Freshness;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The broker's time up to which every status has been read: nobody may be taken for silent in a time of which nothing
 * has been read. It rather lags than leads, and so a Collector rather counts too long than not long enough.
 */
final class BrokerTime {

    /** Brokers and services whose clocks differ by more are not run well; nothing but this process's first minutes needs it. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final LongSupplier nanoClock;
    private final InstantSource wallClock;
    private final Supplier<Duration> age;
    private volatile Latest latest;

    /**
     * The newest record: when it was appended by the broker's clock, and when it came here by ours.
     *
     * @param isLive whether it came as it was appended, not with the history that is read at a start
     */
    private record Latest(Instant appended, long cameNanos, boolean isLive) {}

    /** @param age of the last proof that all statuses have been read */
    BrokerTime(LongSupplier nanoClock, InstantSource wallClock, Supplier<Duration> age) {
        this.nanoClock = nanoClock;
        this.wallClock = wallClock;
        this.age = age;
        this.latest = new Latest(Instant.EPOCH, nanoClock.getAsLong(), false);
    }

    void onAppended(Instant at) {
        latest = new Latest(at, nanoClock.getAsLong(), !age.get().equals(Freshness.NEVER));
    }

    /** Now, as far as it has been read. */
    Instant now() {
        var staleness = age.get();
        return staleness.equals(Freshness.NEVER) ? latest.appended() : running().minus(staleness);
    }

    private Instant running() {
        var newest = latest;
        var byBroker = newest.appended().plusNanos(nanoClock.getAsLong() - newest.cameNanos());
        if (newest.isLive()) {
            // A clock of ours that is ahead would forget Collectors that still accept.
            return byBroker;
        }
        var byWall = wallClock.instant().minus(SKEW);
        return byBroker.isAfter(byWall) ? byBroker : byWall;
    }
}
