package io.keyledger.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.bench.Figures.Aim;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void aRowTellsTheMedianTheSpreadAndWhetherTheAimIsMet() {
        var heard = new ArrayList<String>();
        var figures = new Figures(heard::add);
        for (double run : new double[] {13, 9, 11}) {
            figures.add("call → refused, p50", "ms", run, Aim.atMost(12));
            figures.add("line scan", "MB/s", 30 * run, Aim.atLeast(400));
        }

        assertThat(figures.table())
                .contains("| call → refused, p50 | 11.0 ms | 9.00 – 13.0 | ≤ 12.0 met |")
                .contains("| line scan | 330 MB/s | 270 – 390 | ≥ 400 **missed** |");
        assertThat(heard).startsWith("call → refused, p50: 13.0 ms", "line scan: 390 MB/s");
    }
}
