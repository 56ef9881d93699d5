package io.keyledger.bench;

import io.keyledger.local.TrialSuite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Receipts with many Collectors: at ever higher rates of changes, how long it takes until all have confirmed one, what
 * their statuses put on the broker, and what key-service spends on each.
 */
final class FleetBench implements AutoCloseable {

    private static final List<Double> RATES = List.of(1.0, 10.0, 50.0, 100.0, 200.0, 500.0);
    private static final List<Double> WARM_UP_RATES = List.of(1.0, 20.0, 50.0);
    private static final double RATE_ALONE = 20;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration SETTLES = Duration.ofSeconds(2);
    private static final String KEY_SERVICE = "key-service";
    private static final String COLLECTORS = "the Collectors";
    /** Whose part in it is shown: the others take no more than for any change. */
    private static final Set<String> SHOWN = Set.of("broker", KEY_SERVICE);

    private final ChangesAtRate changes;
    private final StatusTopic statuses;
    private final Figures figures;
    private final Map<String, ProcessHandle> processes;
    private final int collectors;
    private final Duration step;

    private interface Work {
        RateStep run() throws InterruptedException;
    }

    /**
     * What changes took, or a time without any.
     *
     * @param statuses that were written meanwhile
     */
    private record Taken(RateStep result, double seconds, Map<String, Duration> cpu, long statuses) {}

    private FleetBench(TrialSuite suite, String operatorToken, Figures figures, int collectors, Duration step) {
        this.changes = new ChangesAtRate(suite, operatorToken);
        this.statuses = new StatusTopic(suite.bootstrapServers());
        this.figures = figures;
        this.processes = new HashMap<>(suite.processes());
        this.processes.keySet().retainAll(SHOWN);
        this.collectors = collectors;
        this.step = step;
    }

    /**
     * Measures.
     *
     * @param suite without a Collector of its own
     * @param readers how many consumers and producers serve the Collectors; as many as these: each has its own
     * @param step how long each rate is kept up
     */
    static void measure(
            TrialSuite suite,
            String operatorToken,
            Figures figures,
            int collectors,
            int readers,
            Duration step,
            int runs,
            Path log)
            throws Exception {
        try (var bench = new FleetBench(suite, operatorToken, figures, collectors, step)) {
            bench.changes.run(RATE_ALONE, WARM_UP, 0);
            for (int run = 0; run < runs; run++) {
                bench.withoutCollectors();
            }
            long begun = System.nanoTime();
            try (var fleet = FleetProcess.start(suite.bootstrapServers(), collectors, readers, log)) {
                figures.add("until all Collectors serve", "s", (System.nanoTime() - begun) / 1e9);
                bench.processes.put(COLLECTORS, fleet.handle());
                bench.warmUp();
                for (int run = 0; run < runs; run++) {
                    bench.quiet();
                    bench.climb();
                }
            }
        }
    }

    /** How the Collectors are simulated. */
    static String describe(int collectors, int readers) {
        var shared = readers == collectors
                ? "each with tables, a consumer and a producer of its own"
                : "every " + collectors / readers + " of them with tables, a consumer and a producer in common";
        return collectors + " simulated Collectors in one process, each with its own reporter, " + shared;
    }

    private void withoutCollectors() throws InterruptedException {
        var taken = taken(() -> changes.run(RATE_ALONE, step, 0));
        var name = String.format(Locale.ROOT, "without Collectors, %.0f changes/s", RATE_ALONE);
        figures.addTimes(name + ": call → receipt", taken.result().times(), null, null);
        share(name, taken);
    }

    /** Not beyond what is held: what is left of it would be measured. */
    private void warmUp() {
        for (double rate : WARM_UP_RATES) {
            if (!changes.run(rate, WARM_UP, collectors).isHeld()) {
                return;
            }
        }
    }

    private void quiet() throws InterruptedException {
        var taken = taken(this::nothing);
        share("no changes", taken);
        perStatus("no changes", taken);
    }

    private RateStep nothing() throws InterruptedException {
        Thread.sleep(step);
        return new RateStep(0, List.of());
    }

    /** One rate after the other, until one is not held. */
    private void climb() throws InterruptedException {
        double held = 0;
        for (double rate : RATES) {
            var taken = taken(() -> changes.run(rate, step, collectors));
            report(taken);
            if (!taken.result().isHeld()) {
                break;
            }
            held = rate;
            Thread.sleep(SETTLES);
        }
        figures.add("highest rate held, receipts of all within 2 s at p99", "changes/s", held);
    }

    private void report(Taken taken) {
        var result = taken.result();
        var name = String.format(Locale.ROOT, "%.0f changes/s", result.rate());
        figures.addTimes(name + ": call → receipt of all", result.times(), null, null);
        figures.add(name + ": no receipt of all within 10 s", "of " + result.made(), (double) result.incomplete());
        share(name, taken);
        perStatus(name, taken);
    }

    private void share(String name, Taken taken) {
        taken.cpu()
                .forEach((process, cpu) -> figures.add(
                        name + ": CPU of " + process, "% of a core", cpu.toMillis() / taken.seconds() / 10));
    }

    /**
     * All of key-service's time is told to the statuses: what it takes without them changes with its compilers and its
     * collections more than a status costs.
     */
    private void perStatus(String name, Taken taken) {
        double perSecond = taken.statuses() / taken.seconds();
        figures.add(name + ": statuses", "records/s", perSecond);
        figures.add(name + ": keys, values and headers of statuses", "KiB/s", perSecond * statuses.bytesOfOne() / 1024);
        figures.add(
                name + ": CPU of key-service by the number of statuses, the changes included",
                "µs",
                taken.cpu().getOrDefault(KEY_SERVICE, Duration.ZERO).toNanos() / 1e3 / taken.statuses());
    }

    private Taken taken(Work work) throws InterruptedException {
        long before = statuses.end();
        var cpu = CpuMeter.start(processes);
        long begun = System.nanoTime();
        var result = work.run();
        return new Taken(result, (System.nanoTime() - begun) / 1e9, cpu.stop(), statuses.end() - before);
    }

    @Override
    public void close() {
        changes.close();
        statuses.close();
    }
}
