package io.keyledger.client;

import java.time.Duration;

/** How long to pause after a failure: twice as long each time, up to a limit. For one thread. */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(100);

    private final Duration limit;
    private Duration next = FIRST;

    Backoff(Duration limit) {
        this.limit = limit;
    }

    /** The pause that is due now; the next one is longer. */
    Duration next() {
        var due = next;
        var doubled = next.multipliedBy(2);
        next = doubled.compareTo(limit) < 0 ? doubled : limit;
        return due;
    }

    /** After a success. */
    void reset() {
        next = FIRST;
    }
}
