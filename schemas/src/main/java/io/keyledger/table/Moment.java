package io.keyledger.table;

import java.time.Duration;

/**
 * A moment whose age is asked, by two clocks: the monotonic one stands still while the machine sleeps.
 *
 * @param nanos on the monotonic clock
 * @param wallMillis about the same moment in Unix milliseconds
 */
public record Moment(long nanos, long wallMillis) {

    /** The greater of its ages by both clocks. */
    public Duration age(long nowNanos, long nowWallMillis) {
        var byNanos = Duration.ofNanos(nowNanos - nanos);
        var byWall = Duration.ofMillis(nowWallMillis - wallMillis);
        return byWall.compareTo(byNanos) > 0 ? byWall : byNanos;
    }
}
