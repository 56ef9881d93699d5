package io.keyledger.bench;

import io.keyledger.ingest.protocol.LineScanner;
import io.keyledger.ingest.protocol.PayloadLimits;
import io.keyledger.ingest.protocol.Precision;
import io.keyledger.ingest.protocol.Scanned;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the line scanner takes for a thousand lines. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScanBenchmark {

    private static final byte[] PAYLOAD = Payload.lines(1_000);
    private static final PayloadLimits LIMITS = new PayloadLimits(512 << 10, 1_000_000);

    static int payloadBytes() {
        return PAYLOAD.length;
    }

    /** All lines and their host. */
    @Benchmark
    public Scanned scan() {
        return LineScanner.scan(PAYLOAD, PAYLOAD.length, Precision.NANOSECONDS, 0, LIMITS, _ -> true);
    }
}
