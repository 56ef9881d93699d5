package io.keyledger.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** Does to a suite what bad days do, one thing at a time, and undoes it. */
final class Faults {

    /** What can happen. */
    enum Kind {
        /** A Collector is killed and started again. */
        KILL,
        /** A Collector stands still. */
        PAUSE,
        /** A Collector is cut off from the broker. */
        CUT_OFF,
        /** A Collector can publish, but hears nothing of the tables. */
        CUT_TABLES,
        /** A Collector hears all, but nobody hears its reports. */
        CUT_REPORTS,
        /** The broker is stopped and started again. */
        BOUNCE
    }

    private static final Duration REST = Duration.ofSeconds(1);

    private final Suite suite;
    private final Recorder recorder;
    private final Random random;
    private final Duration longest;

    /** @param longest for how long a Collector stands still or is cut off */
    Faults(Suite suite, Recorder recorder, Random random, Duration longest) {
        this.suite = suite;
        this.recorder = recorder;
        this.random = random;
        this.longest = longest;
    }

    /** Each kind once, in any order. */
    void round() {
        var kinds = new ArrayList<>(List.of(Kind.values()));
        Collections.shuffle(kinds, random);
        for (var kind : kinds) {
            var duration = Duration.ofMillis(random.nextLong(1_000, longest.toMillis()));
            happen(kind, random.nextInt(suite.collectors.size()), duration);
            Await.pause(REST);
        }
    }

    /** Lets it happen to a Collector, or to the broker, for so long. */
    void happen(Kind kind, int collector, Duration duration) {
        var process = suite.collectors.get(collector);
        recorder.note(kind + " begins, collector " + collector + ", " + duration);
        switch (kind) {
            case KILL -> {
                process.kill();
                process.spawn().awaitReady();
            }
            case PAUSE -> {
                process.pause();
                try {
                    Await.pause(duration);
                } finally {
                    process.resume();
                }
            }
            case CUT_OFF -> cut(collector, duration, _ -> true);
            case CUT_TABLES -> cut(collector, duration, id -> !id.endsWith("-telemetry") && !id.endsWith("-reports"));
            case CUT_REPORTS -> cut(collector, duration, id -> id.endsWith("-reports"));
            case BOUNCE -> {
                suite.stopBroker();
                suite.startBroker();
            }
        }
        recorder.note(kind + " ends, collector " + collector);
    }

    private void cut(int collector, Duration duration, Predicate<String> clientIds) {
        var link = suite.links.get(collector);
        link.cut(clientIds);
        try {
            Await.pause(duration);
        } finally {
            link.mend();
        }
    }
}
