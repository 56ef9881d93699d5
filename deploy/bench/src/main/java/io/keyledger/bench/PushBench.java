package io.keyledger.bench;

import io.keyledger.bench.Figures.Aim;
import io.keyledger.local.TrialSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Pushes of 10 lines: accepted on Kafka, accepted without Kafka, refused, beside HAProxy's check against a map with the
 * same payload; and pushes of 1,000 lines in gzip.
 */
final class PushBench {

    private static final double MICROS = 1e6;
    private static final double MAX_GZIP_MICROS = 1_300;
    private static final int HEAP_MB = 512;
    private static final int FEW = 10;
    private static final int MANY = 1_000;

    /** Each waits some milliseconds for Kafka: so many keep both cores busy, as fewer do without Kafka. */
    private static final int WAITING = 128;

    private final TrialSuite suite;
    private final Path directory;
    private final Figures figures;
    private final PushCost cost;

    PushBench(TrialSuite suite, Path directory, Figures figures, boolean isQuick) {
        this.suite = suite;
        this.directory = directory;
        this.figures = figures;
        this.cost = new PushCost(figures, Duration.ofSeconds(isQuick ? 5 : 20), Duration.ofSeconds(isQuick ? 4 : 10));
    }

    /** Measures so many times; returns what was left out. */
    List<String> measure(String operatorToken, int runs) throws Exception {
        try (var owner = Owner.ofNewOrganization(suite.keyService().getPort(), operatorToken, "push")) {
            var revoked = owner.newOverrides("revoked", 1).getFirst();
            owner.revoke(revoked);
            var secret = owner.globalSecret();
            try (var discarding = CollectorProcess.start(
                    DiscardingCollector.class, "discarding", suite.bootstrapServers(), HEAP_MB, directory)) {
                measure(secret, revoked.secret(), discarding, runs);
            }
        }
        return haProxy(runs);
    }

    private void measure(String secret, String revoked, CollectorProcess discarding, int runs)
            throws InterruptedException {
        int port = suite.collectors().getFirst().port();
        var collector = suite.processes().get("ingest-service");
        if (collector == null) {
            throw new IllegalStateException("Expected a running Collector.");
        }
        var few = Payload.lines(FEW);
        var many = Payload.gzip(Payload.lines(MANY));
        var onKafka = new Load(WAITING, port, Payload.push(secret, few, false), 204);
        var without = new Load(discarding.port(), Payload.push(secret, few, false), 204);
        var refused = new Load(port, Payload.push(revoked, few, false), 401);
        var manyOnKafka = new Load(port, Payload.push(secret, many, true), 204);
        var manyWithout = new Load(discarding.port(), Payload.push(secret, many, true), 204);
        for (var load : List.of(onKafka, without, refused, manyOnKafka, manyWithout)) {
            cost.warmUp(load);
        }
        for (int run = 0; run < runs; run++) {
            cost.measure("10 lines, accepted on Kafka", collector, onKafka, null);
            cost.measure("10 lines, accepted without Kafka", discarding.process(), without, null);
            cost.measure("10 lines, refused", collector, refused, null);
            double micros =
                    cost.measure("1,000 lines in gzip, on Kafka", collector, manyOnKafka, Aim.atMost(MAX_GZIP_MICROS));
            figures.add("1,000 lines in gzip, on Kafka", "lines/s a core", MANY * MICROS / micros);
            cost.measure("1,000 lines in gzip, without Kafka", discarding.process(), manyWithout, null);
        }
    }

    private List<String> haProxy(int runs) throws IOException, InterruptedException {
        var notes = new ArrayList<>(List.of(
                "skipped: OpenTelemetry Collector, Telegraf, vmagent (not installed; measured once, see the README)"));
        var program = HaProxy.program();
        if (program.isEmpty()) {
            notes.add("skipped: HAProxy (not installed)");
            return notes;
        }
        try (var proxy = HaProxy.start(program.get(), directory.resolve("haproxy"))) {
            var few = Payload.lines(FEW);
            var accepted = new Load(proxy.port(), Payload.push(HaProxy.KEY, few, false), 204);
            var refused = new Load(proxy.port(), Payload.push("unknown", few, false), 401);
            cost.warmUp(accepted);
            for (int run = 0; run < runs; run++) {
                cost.measure("HAProxy, 10 lines, accepted", proxy.process(), accepted, null);
                cost.measure("HAProxy, 10 lines, refused", proxy.process(), refused, null);
            }
        }
        compare("10 lines, refused", "HAProxy, 10 lines, refused", 1.2);
        compare("10 lines, accepted without Kafka", "HAProxy, 10 lines, accepted", 1.5);
        compare("10 lines, accepted on Kafka", "HAProxy, 10 lines, accepted", 3);
        notes.add("HAProxy: " + Machine.output(directory, program.get().toString(), "-v"));
        return notes;
    }

    private void compare(String ours, String theirs, double aim) {
        double ratio = figures.median(ours + PushCost.CPU) / figures.median(theirs + PushCost.CPU);
        figures.add(ours + ": CPU, beside HAProxy's", "times", ratio, Aim.atMost(aim));
    }
}
