package io.keyledger.bench;

import io.keyledger.bench.Figures.Aim;
import io.keyledger.local.TrialSuite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pushes of 10 lines: accepted on Kafka, accepted without Kafka, refused, beside HAProxy's check against a map with the
 * same payload; and pushes of 1,000 lines in gzip.
 */
final class PushBench {

    private static final String ON_KAFKA = "10 lines, accepted on Kafka";
    private static final String WITHOUT_KAFKA = "10 lines, accepted without Kafka";
    private static final String REFUSED = "10 lines, refused";
    private static final String PROXY_ACCEPTED = "HAProxy, 10 lines, accepted";
    private static final String PROXY_REFUSED = "HAProxy, 10 lines, refused";
    private static final String GZIP = "1,000 lines in gzip, on Kafka";

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
        var notes = new ArrayList<>(
                List.of(
                        "not measured here: OpenTelemetry Collector, Telegraf, vmagent (what they took once is in the README)"));
        var program = HaProxy.program();
        notes.add(
                program.isEmpty()
                        ? "skipped: HAProxy (not installed)"
                        : "HAProxy: " + Machine.output(directory, program.get().toString(), "-v"));
        try (var owner = Owner.ofNewOrganization(suite.keyService().getPort(), operatorToken, "push");
                var discarding = CollectorProcess.start(
                        DiscardingCollector.class, "discarding", suite.bootstrapServers(), HEAP_MB, directory);
                var proxy = program.isEmpty() ? null : HaProxy.start(program.get(), directory.resolve("haproxy"))) {
            var revoked = owner.newOverrides("revoked", 1).getFirst();
            owner.revoke(revoked);
            var costs = costs(owner.globalSecret(), revoked.secret(), discarding, proxy);
            for (var each : costs) {
                cost.warmUp(each.load());
            }
            for (int run = 0; run < runs; run++) {
                for (var each : costs) {
                    double micros = cost.measure(each.name(), each.server(), each.load(), each.aim());
                    if (each.name().equals(GZIP)) {
                        figures.add(GZIP, "lines/s a core", MANY * MICROS / micros);
                    }
                }
                if (proxy != null) {
                    compare(REFUSED, PROXY_REFUSED, 1.2);
                    compare(WITHOUT_KAFKA, PROXY_ACCEPTED, 1.5);
                    compare(ON_KAFKA, PROXY_ACCEPTED, 3);
                }
            }
        }
        return notes;
    }

    /** One thing that is measured. */
    private record Cost(
            String name,
            ProcessHandle server,
            Load load,
            @Nullable Aim aim) {}

    /** In the order in which they are measured: each beside its peer, for the machine does not stay as fast as it was. */
    private List<Cost> costs(String secret, String revoked, CollectorProcess discarding, @Nullable HaProxy proxy) {
        int port = suite.collectors().getFirst().port();
        var collector = suite.processes().get("ingest-service");
        if (collector == null) {
            throw new IllegalStateException("Expected a running Collector.");
        }
        var few = Payload.lines(FEW);
        var many = Payload.gzip(Payload.lines(MANY));
        var costs = new ArrayList<Cost>();
        costs.add(new Cost(ON_KAFKA, collector, new Load(WAITING, port, Payload.push(secret, few, false), 204), null));
        costs.add(new Cost(
                WITHOUT_KAFKA,
                discarding.process(),
                new Load(discarding.port(), Payload.push(secret, few, false), 204),
                null));
        if (proxy != null) {
            var accepted = new Load(proxy.port(), Payload.push(HaProxy.KEY, few, false), 204);
            var refused = new Load(proxy.port(), Payload.push("unknown", few, false), 401);
            costs.add(new Cost(PROXY_ACCEPTED, proxy.process(), accepted, null));
            costs.add(new Cost(PROXY_REFUSED, proxy.process(), refused, null));
        }
        costs.add(new Cost(REFUSED, collector, new Load(port, Payload.push(revoked, few, false), 401), null));
        costs.add(new Cost(
                GZIP, collector, new Load(port, Payload.push(secret, many, true), 204), Aim.atMost(MAX_GZIP_MICROS)));
        costs.add(new Cost(
                "1,000 lines in gzip, without Kafka",
                discarding.process(),
                new Load(discarding.port(), Payload.push(secret, many, true), 204),
                null));
        return costs;
    }

    /** What one run says; the machine is not as fast in each. */
    private void compare(String ours, String theirs, double aim) {
        double ratio = figures.latest(ours + PushCost.CPU) / figures.latest(theirs + PushCost.CPU);
        figures.add(ours + ": CPU, beside HAProxy's", "times", ratio, Aim.atMost(aim));
    }
}
