package io.keyledger.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many Collectors in one process: {@code SimulatedFleet bootstrapServers collectors readers}. It says {@link #SERVING} on
 * its output when all do, and ends when its input does.
 */
public final class SimulatedFleet {

    /** The line that says that all Collectors serve. */
    static final String SERVING = "all Collectors serve";

    private static final int STARTED_AT_ONCE = 8;
    private static final long LOOK_MS = 20;

    private SimulatedFleet() {}

    public static void main(String[] args) throws Exception {
        // As the suite's other programs: without it everything would be logged.
        System.setProperty("logback.configurationFile", "io/keyledger/local/suite-logback.xml");
        int collectors = Integer.parseInt(args[1]);
        int readers = Integer.parseInt(args[2]);
        try (var threads = Executors.newFixedThreadPool(STARTED_AT_ONCE)) {
            var starting = new ArrayList<Future<SimulatedCollectors>>();
            for (var ids : ids(collectors, readers)) {
                starting.add(threads.submit(() -> started(args[0], ids)));
            }
            for (var one : starting) {
                one.get();
            }
        }
        System.out.println(SERVING);
        awaitEndOfInput();
        // Without a good-bye: the suite that it belongs to ends with it.
        Runtime.getRuntime().halt(0);
    }

    /** The Collectors' ids, by who reads for them: as even as can be. */
    static List<List<String>> ids(int collectors, int readers) {
        var all = new ArrayList<List<String>>();
        for (int reader = 0; reader < readers; reader++) {
            var ids = new ArrayList<String>();
            for (int collector = reader; collector < collectors; collector += readers) {
                ids.add("simulated-%04d".formatted(collector));
            }
            all.add(List.copyOf(ids));
        }
        return List.copyOf(all);
    }

    private static SimulatedCollectors started(String bootstrapServers, List<String> ids) throws InterruptedException {
        var collectors = new SimulatedCollectors(bootstrapServers, ids);
        while (!collectors.areServing()) {
            Thread.sleep(LOOK_MS);
        }
        return collectors;
    }

    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // Nothing is asked of it.
        }
    }
}
