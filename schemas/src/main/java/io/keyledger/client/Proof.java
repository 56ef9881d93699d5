package io.keyledger.client;

import java.time.Duration;

/**
 * That the tables were whole when a question was sent.
 *
 * @param sentNanos on the monotonic clock
 * @param wallMillis about the same moment in Unix milliseconds
 */
record Proof(long sentNanos, long wallMillis) {

    /** By both clocks: the monotonic one stands still while the machine sleeps. */
    boolean isOlderThan(Duration limit, long nowNanos, long nowWallMillis) {
        return nowWallMillis - wallMillis > limit.toMillis() || nowNanos - sentNanos > limit.toNanos();
    }
}
