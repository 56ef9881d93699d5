package io.keyledger.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import java.util.Set;
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
        /** Nobody hears a Collector until it counts no more; it is heard again when it hears nothing of the tables. */
        RETURN,
        /** The broker is stopped and started again. */
        BOUNCE
    }

    /** The Kafka client by which a Collector is heard. */
    static final Predicate<String> REPORTS = id -> id.endsWith("-reports");

    /** Those by which it hears of the tables. */
    static final Predicate<String> TABLES = id -> !id.endsWith("-telemetry") && !id.endsWith("-reports");

    private static final Duration REST = Duration.ofSeconds(1);

    /** So that changes are made in it, and a proof from before it is not too old at its end. */
    private static final Duration BETWEEN = Duration.ofMillis(500);

    private record Cut(Predicate<String> clientIds, Duration duration) {}

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

    /** Each of these kinds once, in any order. */
    void round(Set<Kind> kinds) {
        var shuffled = new ArrayList<>(kinds);
        Collections.shuffle(shuffled, random);
        for (var kind : shuffled) {
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
            case CUT_OFF -> cut(collector, new Cut(_ -> true, duration));
            case CUT_TABLES -> cut(collector, new Cut(TABLES, duration));
            case CUT_REPORTS -> cut(collector, new Cut(REPORTS, duration));
            case RETURN ->
                cut(
                        collector,
                        new Cut(REPORTS, longest),
                        new Cut(REPORTS.or(TABLES), BETWEEN),
                        new Cut(TABLES, duration));
            case BOUNCE -> {
                suite.stopBroker();
                suite.startBroker();
            }
        }
        recorder.note(kind + " ends, collector " + collector);
    }

    /** One after the other, and nothing passes in between. */
    private void cut(int collector, Cut... cuts) {
        var link = suite.links.get(collector);
        try {
            for (var cut : cuts) {
                link.cut(cut.clientIds());
                Await.pause(cut.duration());
            }
        } finally {
            link.mend();
        }
    }
}
