package io.keyledger.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What processes take of the machine's memory, as Linux counts it.
 *
 * @param rssKib resident: pages that processes share are counted in each
 * @param pssKib proportional: a page that n processes share is counted as an nth in each
 */
public record ProcessMemory(long rssKib, long pssKib) {
    private static final ProcessMemory NONE = new ProcessMemory(0, 0);

    /** The sum over these processes and all that descend from them; zero where the system does not tell. */
    public static ProcessMemory of(Stream<ProcessHandle> roots) {
        return roots.flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                .distinct()
                .map(process -> read(Path.of("/proc", Long.toString(process.pid()), "smaps_rollup")))
                .reduce(NONE, (a, b) -> new ProcessMemory(a.rssKib + b.rssKib, a.pssKib + b.pssKib));
    }

    private static ProcessMemory read(Path rollup) {
        long rss = 0;
        long pss = 0;
        try {
            for (String line : Files.readAllLines(rollup)) {
                if (line.startsWith("Rss:")) {
                    rss = kib(line);
                } else if (line.startsWith("Pss:")) {
                    pss = kib(line);
                }
            }
        } catch (IOException gone) {
            return NONE;
        }
        return new ProcessMemory(rss, pss);
    }

    private static long kib(String line) {
        return Long.parseLong(line.replaceAll("\\D", ""));
    }

    @Override
    public String toString() {
        return "%.2f GiB resident (%.2f GiB with shared pages counted once)".formatted(gib(rssKib), gib(pssKib));
    }

    private static double gib(long kib) {
        return kib / 1024.0 / 1024.0;
    }
}
