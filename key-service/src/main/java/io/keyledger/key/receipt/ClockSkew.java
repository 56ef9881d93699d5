package io.keyledger.key.receipt;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the clock of one process of a Collector is from the broker's. A status says when it was written by the one, and was appended by
 * the other some unknown time later: of many, the one that was fastest tells most. Ends of overlaps, grace periods and
 * keys are looked up on that clock.
 */
final class ClockSkew {

    /** Farther than that, and a secret passes noticeably longer or shorter than was agreed. */
    static final Duration ALARM = Duration.ofSeconds(1);

    /** A clock that stands at the limit raises no second alarm before it was within that again. */
    static final Duration CALM = Duration.ofMillis(500);

    /** The fastest of one such time counts, and of the one before in which it was heard. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    /** One status alone may have waited for long: in a paused process, or for a broker. */
    static final int SAMPLES = 3;

    private Instant windowFrom = Instant.EPOCH;
    private @Nullable Duration current;
    private @Nullable Duration before;
    private int samples;
    private boolean alarming;

    /**
     * Takes a status.
     *
     * @param reported by its clock
     * @param appended by the broker's
     * @return whether this raises the alarm; it does not again while it lasts
     */
    boolean onStatus(Instant reported, Instant appended) {
        roll(appended);
        // Whatever time it took makes the clock look slow, never fast.
        var ahead = Duration.between(appended, reported);
        current = current == null || ahead.compareTo(current) > 0 ? ahead : current;
        samples = Math.min(samples + 1, SAMPLES);
        return judge();
    }

    /** How far its clock is ahead of the broker's, negative if it is behind; empty while too little was heard. */
    Optional<Duration> skew() {
        if (samples < SAMPLES || current == null) {
            return Optional.empty();
        }
        return Optional.of(before != null && before.compareTo(current) > 0 ? before : current);
    }

    private void roll(Instant appended) {
        if (Duration.between(windowFrom, appended).compareTo(WINDOW) >= 0) {
            // However long it was silent: what comes after a silence may have waited in it.
            before = current;
            current = null;
            windowFrom = appended;
        }
    }

    private boolean judge() {
        var skew = skew().map(Duration::abs).orElse(null);
        if (skew == null) {
            return false;
        }
        if (!alarming && skew.compareTo(ALARM) > 0) {
            alarming = true;
            return true;
        }
        if (skew.compareTo(CALM) < 0) {
            alarming = false;
        }
        return false;
    }
}
