package io.keyledger.bench;

import io.keyledger.ingest.IngestServiceApplication;
import io.keyledger.local.LocalBroker;
import io.keyledger.local.ProcessMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How long a Collector takes to load its tables, and what they take of its memory. */
final class LoadingBench {

    private static final int HEAP_MB = 2_048;

    private final Path directory;
    private final Figures figures;
    private final ManyRows rows;

    LoadingBench(Path directory, Figures figures, ManyRows rows) {
        this.directory = directory;
        this.figures = figures;
        this.rows = rows;
    }

    void measure(int runs) throws Exception {
        try (var broker = LocalBroker.start(directory.resolve("kafka"))) {
            PlantedLedger.makeTopics(broker.bootstrapServers());
            for (int run = 1; run <= runs; run++) {
                start("empty tables", broker, "empty-" + run);
            }
            PlantedLedger.plant(broker.bootstrapServers(), rows.all());
            var what = "%,d keys and %,d hosts".formatted(rows.keys(), rows.hosts());
            for (int run = 1; run <= runs; run++) {
                start(what, broker, "full-" + run);
            }
            figures.add(
                    what + ": heap for each of them",
                    "bytes",
                    (figures.median(what + ": heap after a collection")
                                    - figures.median("empty tables: heap after a collection"))
                            * (1 << 20)
                            / (rows.keys() + rows.hosts()));
        }
    }

    private void start(String what, LocalBroker broker, String id) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        try (var collector = CollectorProcess.start(
                IngestServiceApplication.class, id, broker.bootstrapServers(), HEAP_MB, directory)) {
            figures.add(what + ": from the start to ready", "s", (System.nanoTime() - begun) / 1e9);
            figures.add(
                    what + ": resident",
                    "MiB",
                    ProcessMemory.of(Stream.of(collector.process())).rssKib() / 1024.0);
            figures.add(what + ": heap after a collection", "MiB", heapKib(collector) / 1024.0);
        }
    }

    /** What lives in the heap: the JVM collects before it counts. */
    private static long heapKib(CollectorProcess collector) throws IOException {
        var pid = Long.toString(collector.process().pid());
        var histogram = new ProcessBuilder(JavaProcess.program("jcmd"), pid, "GC.class_histogram").start();
        try (var lines = histogram.inputReader()) {
            var total = lines.lines()
                    .filter(line -> line.startsWith("Total"))
                    .findFirst()
                    .orElseThrow();
            return Long.parseLong(total.strip().split("\\s+", 4)[2]) / 1024;
        }
    }
}
