package io.keyledger.bench;

import io.keyledger.bench.Figures.Aim;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The pure parts alone, by JMH: each run is a JVM of its own. */
final class PureBench {

    private static final double MAX_DECISION_NANOS = 1_000;
    private static final double MIN_SCAN_MEGABYTES = 400;

    private PureBench() {}

    static void measure(Figures figures, boolean isQuick, int runs) throws RunnerException {
        var options = new OptionsBuilder()
                .include("io\\.keyledger\\.bench\\..*Benchmark")
                // As the Collector's README has it for millions of rows.
                .jvmArgs("-Xmx3g", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:+UseTransparentHugePages")
                .warmupIterations(isQuick ? 2 : 5)
                .measurementIterations(isQuick ? 2 : 5)
                .warmupTime(TimeValue.seconds(2))
                .measurementTime(TimeValue.seconds(2))
                .forks(1)
                .build();
        for (int run = 0; run < runs; run++) {
            new Runner(options).run().forEach(result -> add(figures, result));
        }
    }

    private static void add(Figures figures, RunResult result) {
        double nanos = result.getPrimaryResult().getScore();
        var name = result.getParams().getBenchmark();
        if (name.endsWith(".decision")) {
            figures.add("gate decision, 1 M keys", "ns", nanos, Aim.atMost(MAX_DECISION_NANOS));
        } else if (name.endsWith(".decisionOfAnyHost")) {
            figures.add("gate decision, 1 M keys, any of 1 M hosts", "ns", nanos);
        } else {
            double megabytes = ScanBenchmark.payloadBytes() / nanos * 1e3;
            figures.add("line scan on one core", "MB/s", megabytes, Aim.atLeast(MIN_SCAN_MEGABYTES));
        }
    }
}
