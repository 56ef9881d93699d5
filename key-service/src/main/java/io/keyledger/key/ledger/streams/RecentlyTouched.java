package io.keyledger.key.ledger.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The last revision that each topic got a moment ago. An answer that changes nothing ("it is so already") may share its
 * transaction with the change that made it so; whoever gets it must wait for the rows of that change too. Older rows
 * need no wait: a transaction begins only when the one before is visible everywhere.
 */
final class RecentlyTouched {

    /** Well above the time-out of a transaction. */
    private static final Duration RECENT = Duration.ofSeconds(30);

    private final Map<String, Touch> touches = new HashMap<>();

    private record Touch(long revision, Instant at) {}

    void touch(Map<String, Long> touched, Instant now) {
        touched.forEach((topic, revision) -> touches.put(topic, new Touch(revision, now)));
    }

    Map<String, Long> at(Instant now) {
        var recent = new HashMap<String, Long>();
        touches.forEach((topic, touch) -> {
            if (touch.at().isAfter(now.minus(RECENT))) {
                recent.put(topic, touch.revision());
            }
        });
        return recent;
    }
}
