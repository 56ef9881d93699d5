package io.keyledger.bench;

import io.keyledger.bench.Figures.Aim;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a push costs one server: its own processor time, by the push. */
final class PushCost {

    /** The end of the name of the figure that counts. */
    static final String CPU = ": CPU of the server";

    private static final double SHARE_OF_FULL_LOAD = 0.7;

    private final Figures figures;
    private final Duration warmUp;
    private final Duration measured;

    PushCost(Figures figures, Duration warmUp, Duration measured) {
        this.figures = figures;
        this.warmUp = warmUp;
        this.measured = measured;
    }

    void warmUp(Load load) throws InterruptedException {
        load.closedLoop(warmUp);
    }

    /**
     * Measures under full load, then the times at 70 % of it.
     *
     * @return microseconds of the server's processor time for each push
     */
    double measure(String name, ProcessHandle server, Load load, @Nullable Aim aim) throws InterruptedException {
        var cpu = CpuMeter.start(Map.of("server", server));
        long pushes = load.closedLoop(measured);
        double micros = cpu.stop().getOrDefault("server", Duration.ZERO).toNanos() / 1e3 / pushes;
        double perSecond = pushes / (measured.toNanos() / 1e9);
        figures.add(name + CPU, "µs a push", micros, aim);
        figures.add(name + ": both cores shared with client and broker", "pushes/s", perSecond);
        figures.addTimes(name + ": at 70 % of that", load.paced(SHARE_OF_FULL_LOAD * perSecond, measured), null, null);
        return micros;
    }
}
