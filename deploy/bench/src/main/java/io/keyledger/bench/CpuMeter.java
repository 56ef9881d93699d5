package io.keyledger.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The processor time that processes take, as the system counts it: in steps of 10 ms, so measure for seconds. */
final class CpuMeter {

    private final Map<String, ProcessHandle> processes;
    private final Map<String, Duration> before;

    private CpuMeter(Map<String, ProcessHandle> processes) {
        this.processes = processes;
        this.before = now();
    }

    /** Begins with these processes and this one, which is called "runner". */
    static CpuMeter start(Map<String, ProcessHandle> processes) {
        var all = new LinkedHashMap<>(processes);
        all.put("runner", ProcessHandle.current());
        return new CpuMeter(all);
    }

    /** What each has taken since the start. */
    Map<String, Duration> stop() {
        var taken = new LinkedHashMap<String, Duration>();
        now().forEach((name, cpu) -> taken.put(name, cpu.minus(before.getOrDefault(name, Duration.ZERO))));
        return taken;
    }

    private Map<String, Duration> now() {
        var now = new LinkedHashMap<String, Duration>();
        processes.forEach((name, process) -> now.put(
                name,
                // PostgreSQL has a process for each connection.
                (name.equals("postgres")
                                ? Stream.concat(Stream.of(process), process.descendants())
                                : Stream.of(process))
                        .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                        .reduce(Duration.ZERO, Duration::plus)));
        return now;
    }
}
