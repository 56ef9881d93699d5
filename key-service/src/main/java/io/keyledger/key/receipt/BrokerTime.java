package io.keyledger.key.receipt;

import io.keyledger.table.Freshness;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The broker's time up to which every status has been read: nobody may be taken for silent in a time of which nothing
 * has been read. It rather lags than leads, and so a Collector rather counts too long than not long enough.
 */
final class BrokerTime {

    /** Brokers and services whose clocks differ by more are not run well; nothing but this process's first minutes needs it. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    /** Whoever is ahead by more of where its clock should be was set, or another broker's is another clock. */
    private static final Duration STEP = Duration.ofSeconds(5);

    private final LongSupplier nanoClock;
    private final InstantSource wallClock;
    private final Supplier<Duration> age;
    private volatile Latest latest;

    /**
     * The broker's time when the newest record came, and that moment by our clock.
     *
     * @param isLive whether the record came as it was appended, not with the history that is read at a start
     */
    private record Latest(Instant broker, long cameNanos, boolean isLive) {}

    /** @param age of the last proof that all statuses have been read */
    BrokerTime(LongSupplier nanoClock, InstantSource wallClock, Supplier<Duration> age) {
        this.nanoClock = nanoClock;
        this.wallClock = wallClock;
        this.age = age;
        this.latest = new Latest(Instant.EPOCH, nanoClock.getAsLong(), false);
    }

    /** By how much the clock was set ahead before a record that was appended then; empty: it was not. To be asked first. */
    Optional<Duration> step(Instant at) {
        var ahead = Duration.between(running(), at);
        return latest.isLive() && ahead.compareTo(STEP) > 0 ? Optional.of(ahead) : Optional.empty();
    }

    void onAppended(Instant at) {
        var staleness = age.get();
        boolean isLive = !staleness.equals(Freshness.NEVER);
        latest = new Latest(isLive && latest.isLive() ? running(at, staleness) : at, nanoClock.getAsLong(), isLive);
    }

    /** A record that was not there at the last proof was appended since: what waited for long to be read sets nothing back. */
    private Instant running(Instant appended, Duration staleness) {
        var running = running();
        var latestPossible = appended.plus(staleness);
        if (running.isBefore(appended)) {
            return appended;
        }
        return running.isAfter(latestPossible) ? latestPossible : running;
    }

    /** Now, as far as it has been read. */
    Instant now() {
        var staleness = age.get();
        return staleness.equals(Freshness.NEVER) ? latest.broker() : running().minus(staleness);
    }

    private Instant running() {
        var newest = latest;
        var byBroker = newest.broker().plusNanos(nanoClock.getAsLong() - newest.cameNanos());
        if (newest.isLive()) {
            // A clock of ours that is ahead would forget Collectors that still accept.
            return byBroker;
        }
        var byWall = wallClock.instant().minus(SKEW);
        return byBroker.isAfter(byWall) ? byBroker : byWall;
    }
}
