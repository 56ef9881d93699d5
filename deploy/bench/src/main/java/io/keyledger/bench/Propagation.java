package io.keyledger.bench;

import io.keyledger.bench.Changes.Change;
import io.keyledger.local.TrialSuite;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * From the call of a regeneration or a revocation to the refusal on two Collectors, in three patterns: an even rate, a
 * closed loop, bursts of 16; beside the broker's own time in the same run, and what the probing itself takes.
 */
final class Propagation {

    private static final Duration EVERY = Duration.ofMillis(50);
    private static final int BURST = 16;
    private static final int SENDS = 200;
    private static final Duration BETWEEN_BURSTS = Duration.ofMillis(200);
    private static final Duration PROBED_ALONE = Duration.ofSeconds(3);

    private final TrialSuite suite;
    private final Owner owner;
    private final List<Prober> probers;
    private final Figures figures;
    private final int changes;
    private final boolean hasAims;

    private interface Pattern {
        List<Change> run(Changes changes, int count) throws Exception;
    }

    /**
     * @param changes of each pattern in each run
     * @param hasAims whether the aims are meant for this suite
     */
    private Propagation(
            TrialSuite suite, Owner owner, List<Prober> probers, Figures figures, int changes, boolean hasAims) {
        this.suite = suite;
        this.owner = owner;
        this.probers = List.copyOf(probers);
        this.figures = figures;
        this.changes = changes;
        this.hasAims = hasAims;
    }

    /** Runs each pattern so many times, after a warm-up that is not counted. */
    static void measure(TrialSuite suite, String operatorToken, Figures figures, int changes, int runs, boolean hasAims)
            throws Exception {
        try (var owner = Owner.ofNewOrganization(suite.keyService().getPort(), operatorToken, "propagation");
                var first = new Prober(suite.collectors().get(0).port());
                var second = new Prober(suite.collectors().get(1).port())) {
            var propagation = new Propagation(suite, owner, List.of(first, second), figures, changes, hasAims);
            propagation.warmUp();
            for (int run = 1; run <= runs; run++) {
                propagation.run(run);
            }
        }
    }

    private void warmUp() throws Exception {
        var some = new Changes(owner, probers, "warm-", changes);
        bursts(some, changes / 2);
        closedLoop(some, changes / 2);
    }

    private void run(int run) throws Exception {
        var floor = ProduceConsume.measure(suite.bootstrapServers(), Math.min(changes, SENDS));
        figures.addTimes("broker alone: produce to consume", floor, null, null);
        report("even, 20/s", run, Propagation::evenly, hasAims);
        report("closed loop", run, Propagation::closedLoop, false);
        report("bursts of " + BURST, run, Propagation::bursts, false);
        new EnforcedChanges(owner, suite.collectors()).measure(figures, "enforced " + run + " ", changes);
        probedAlone(1, run);
        probedAlone(BURST, run);
    }

    private void report(String pattern, int run, Pattern how, boolean isAimedAt) throws Exception {
        var todo = new Changes(owner, probers, pattern + " " + run + " ", changes);
        var cpu = CpuMeter.start(suite.processes());
        long begun = System.nanoTime();
        var done = how.run(todo, changes);
        double seconds = (System.nanoTime() - begun) / 1e9;
        times(pattern + ": call → answer", done, Change::callToAnswer, null, null);
        times(
                pattern + ": call → refused",
                done,
                Change::callToRefused,
                isAimedAt ? 12.0 : null,
                isAimedAt ? 50.0 : null);
        times(pattern + ": answer → refused", done, Change::answerToRefused, null, isAimedAt ? 25.0 : null);
        figures.add(pattern + ": keys accepted in a push sent after the answer", "of " + changes, (double)
                done.stream().filter(Change::isAcceptedAfterAnswer).count());
        share(pattern, cpu.stop(), seconds);
    }

    private void times(
            String name,
            List<Change> done,
            ToLongFunction<Change> time,
            @Nullable Double aimP50,
            @Nullable Double aimP99) {
        figures.addTimes(name, Times.of(done.stream().mapToLong(time).toArray()), aimP50, aimP99);
    }

    private void share(String pattern, Map<String, Duration> cpu, double seconds) {
        cpu.forEach((process, taken) ->
                figures.add(pattern + ": CPU of " + process, "% of a core", taken.toMillis() / seconds / 10));
    }

    /** What the probing of so many keys takes while nothing is changed. */
    private void probedAlone(int keys, int run) throws InterruptedException {
        var secrets = owner.newOverrides("probed " + keys + " " + run + " ", keys);
        var watches = probers.stream()
                .flatMap(prober -> secrets.stream().map(key -> prober.watch(key.secret())))
                .toList();
        long asked = probers.stream().mapToLong(Prober::asked).sum();
        var cpu = CpuMeter.start(suite.processes());
        Thread.sleep(PROBED_ALONE);
        double seconds = PROBED_ALONE.toMillis() / 1e3;
        var name = "probing of " + keys + (keys == 1 ? " key" : " keys") + " alone";
        share(name, cpu.stop(), seconds);
        figures.add(name, "pushes/s", (probers.stream().mapToLong(Prober::asked).sum() - asked) / seconds);
        probers.forEach(prober -> watches.forEach(prober::forget));
    }

    private static List<Change> evenly(Changes next, int count) throws Exception {
        var done = Collections.synchronizedList(new ArrayList<Change>());
        long start = System.nanoTime();
        // As many as it takes: the rate is even however late the answers are.
        try (var threads = Executors.newCachedThreadPool()) {
            for (int i = 0; i < count; i++) {
                LockSupport.parkNanos(start + i * EVERY.toNanos() - System.nanoTime());
                var _ = threads.submit(() -> done.add(next.call()));
            }
        }
        return all(done, count);
    }

    private static List<Change> closedLoop(Changes next, int count) throws Exception {
        var done = new ArrayList<Change>();
        for (int i = 0; i < count; i++) {
            done.add(next.call());
        }
        return done;
    }

    private static List<Change> bursts(Changes next, int count) throws Exception {
        var done = new ArrayList<Change>();
        try (var threads = Executors.newFixedThreadPool(BURST)) {
            while (done.size() < count) {
                done.addAll(burst(threads, next, Math.min(BURST, count - done.size())));
                Thread.sleep(BETWEEN_BURSTS);
            }
        }
        return done;
    }

    private static List<Change> burst(ExecutorService threads, Changes next, int size) throws Exception {
        var done = new ArrayList<Change>();
        for (var one :
                threads.invokeAll(IntStream.range(0, size).mapToObj(_ -> next).toList())) {
            done.add(one.get());
        }
        return done;
    }

    private static List<Change> all(List<Change> done, int count) throws IOException {
        if (done.size() != count) {
            throw new IOException("Expected " + count + " changes, but " + (count - done.size()) + " failed.");
        }
        return List.copyOf(done);
    }
}
