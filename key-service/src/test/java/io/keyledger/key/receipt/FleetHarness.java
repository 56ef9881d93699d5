package io.keyledger.key.receipt;

import io.keyledger.event.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;

/** A fleet in the broker's time, which the test moves. */
abstract class FleetHarness {

    private static final Instant LATER = Statuses.START.plusSeconds(3600);

    final Fleet fleet = new Fleet();
    Instant now = LATER;

    void hear(Statuses status) {
        fleet.onStatus(status.status(now), now, now);
    }

    void pass(Duration time) {
        now = now.plus(time);
        fleet.onTime(now);
    }

    /** A change of keys, made now. */
    Tracked change(long revision) {
        return fleet.track(target(revision, Topics.KEY_STATE), true);
    }

    Target target(long revision, String... tables) {
        var revisions = new HashMap<String, Long>();
        for (var table : tables) {
            revisions.put(table, revision);
        }
        return new Target(0, revisions, now, now.plusSeconds(60));
    }

    Receipt receipt(Tracked tracked) {
        return fleet.receipt(tracked, now);
    }

    static boolean isConfirmed(Tracked tracked) {
        return tracked.whenConfirmed().toCompletableFuture().isDone();
    }

    static List<String> laggards(Receipt receipt) {
        return receipt.laggards().stream().map(Receipt.Named::id).toList();
    }
}
