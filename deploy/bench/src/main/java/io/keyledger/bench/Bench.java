package io.keyledger.bench;

import io.keyledger.local.TrialSuite;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code Bench propagation|slow-follower|push|load|fleet|jmh|all [--quick] [--runs=3] [--collectors=1000] [--readers=50]}: measures, prints
 * a table, and keeps it with its JSON.
 */
public final class Bench {

    static final String OPERATOR_TOKEN = "operator-of-the-bench";
    /** As in production: the compiler may do its best, and memory is not counted in megabytes. */
    private static final String SERVER_JVM = "-XX:TieredStopAtLevel=4 -XX:ReservedCodeCacheSize=240m"
            + " -XX:MetaspaceSize=192m -XX:-AutoCreateSharedArchive -Xms512m -Xmx512m -XX:+AlwaysPreTouch ";

    private final Path home;
    private final Path work;
    private final boolean isQuick;
    private final int runs;
    private final int collectors;
    private final int readers;
    private final PrintStream out;

    private Bench(Path home, Path work, List<String> options, PrintStream out) {
        this.home = home;
        this.work = work;
        this.isQuick = options.contains("--quick");
        this.runs = number(options, "--runs=", isQuick ? 1 : 3);
        this.collectors = number(options, "--collectors=", isQuick ? 50 : 1_000);
        this.readers = number(options, "--readers=", Math.min(50, collectors));
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        var home = Path.of(System.getProperty("keyledger.home", ".")).toAbsolutePath();
        var work = Files.createTempDirectory(Files.createDirectories(home.resolve("deploy/bench/target/runs")), "run-");
        var options = Arrays.asList(args);
        var bench = new Bench(home, work, options, System.out);
        for (var what :
                options.stream().filter(option -> !option.startsWith("--")).toList()) {
            bench.run(what);
        }
        System.exit(0);
    }

    private static int number(List<String> options, String name, int usual) {
        return options.stream()
                .filter(option -> option.startsWith(name))
                .mapToInt(option -> Integer.parseInt(option.substring(name.length())))
                .findFirst()
                .orElse(usual);
    }

    private void run(String what) throws Exception {
        switch (what) {
            case "propagation" -> propagation();
            case "slow-follower" -> slowFollower();
            case "push" -> push();
            case "load" -> load();
            case "fleet" -> fleet();
            case "jmh" -> jmh();
            case "all" -> {
                propagation();
                slowFollower();
                push();
                load();
                fleet();
                jmh();
            }
            default ->
                throw new IllegalArgumentException(
                        "Expected propagation, slow-follower, push, load, fleet, jmh or all, but got " + what + ".");
        }
    }

    private void propagation() throws Exception {
        var machine = Machine.describe(home);
        var figures = figures();
        try (var suite = suite("propagation", 2, Map.of())) {
            Propagation.measure(suite, OPERATOR_TOKEN, figures, isQuick ? 192 : 1_000, runs, true);
        }
        write("propagation", machine, figures, List.of());
    }

    /** The same on three brokers, whose acknowledgements wait for the slowest that is in sync. */
    private void slowFollower() throws Exception {
        var machine = Machine.describe(home);
        var figures = figures();
        // What waits for longer than callers usually do is measured, too.
        var slow = Map.of(
                TrialSuite.SLOW_FOLLOWER_MS,
                "200",
                "KEYLEDGER_JAVA_OPTS_KEY_SERVICE",
                "-Dkeyledger.command-timeout=50s");
        try (var suite = suite("slow-follower", 2, slow)) {
            SlowFollower.leadsNothing(suite.bootstrapServers());
            Propagation.measure(suite, OPERATOR_TOKEN, figures, isQuick ? 16 : 24, runs, false);
        }
        write(
                "slow-follower",
                machine,
                figures,
                List.of(
                        "Three brokers; the third leads nothing, and what it fetches from the others is held up by 200 ms."));
    }

    private void push() throws Exception {
        var machine = Machine.describe(home);
        var figures = figures();
        try (var suite = suite("push", 1, Map.of())) {
            var notes = new PushBench(suite, work.resolve("push"), figures, isQuick).measure(OPERATOR_TOKEN, runs);
            write("push", machine, figures, notes);
        }
    }

    private void load() throws Exception {
        var machine = Machine.describe(home);
        var figures = figures();
        int rows = isQuick ? 100_000 : 1_000_000;
        new LoadingBench(work.resolve("load"), figures, new ManyRows(rows, rows)).measure(runs);
        for (int run = 1; run <= runs; run++) {
            new IdleSuite(home, work.resolve("idle-" + run)).measure(figures);
        }
        write("load", machine, figures, List.of());
    }

    private void fleet() throws Exception {
        var machine = Machine.describe(home);
        var figures = figures();
        try (var suite = suite("fleet", 0, Map.of())) {
            FleetBench.measure(
                    suite,
                    OPERATOR_TOKEN,
                    figures,
                    collectors,
                    readers,
                    Duration.ofSeconds(isQuick ? 10 : 20),
                    runs,
                    work.resolve("fleet.log"));
        }
        write("fleet", machine, figures, List.of(FleetBench.describe(collectors, readers)));
    }

    private void jmh() throws Exception {
        var machine = Machine.describe(home);
        var figures = figures();
        PureBench.measure(figures, isQuick, runs);
        write("jmh", machine, figures, List.of());
    }

    /** Each is printed when it is measured, for the whole takes minutes. */
    private Figures figures() {
        return new Figures(line -> out.println("  " + line));
    }

    private TrialSuite suite(String name, int collectors, Map<String, String> more) throws IOException {
        out.println("Starting a suite in " + work.resolve(name));
        var environment = new HashMap<>(System.getenv());
        environment.putAll(more);
        for (var part : List.of("BROKER", "KEY_SERVICE", "INGEST_SERVICE", "AUDIT_SERVICE")) {
            environment.merge("KEYLEDGER_JAVA_OPTS_" + part, SERVER_JVM, (given, own) -> own + given);
        }
        var suite = TrialSuite.start(home, work.resolve(name), collectors, OPERATOR_TOKEN, environment, out);
        out.println("Warming up, then measuring");
        return suite;
    }

    private void write(String name, Map<String, String> machine, Figures figures, List<String> notes)
            throws IOException {
        // A quick look is no result.
        var directory = isQuick ? work : home.resolve("deploy/bench/results");
        Results.write(directory, name, machine, figures, notes);
        out.println(figures.table());
        out.println("Written to " + directory.resolve(name) + ".md and .json");
    }
}
