package io.keyledger.bench;

import io.keyledger.event.HostName;
import io.keyledger.event.Permission;
import io.keyledger.event.Topics;
import io.keyledger.ingest.gate.Admission;
import io.keyledger.ingest.gate.KeyGate;
import io.keyledger.ingest.gate.Verdict;
import io.keyledger.table.InMemoryLedgerTables;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the gate takes to decide about a push of one host: a random key of a million, and a random host of a million. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GateBenchmark {

    private static final int ROWS = 1_000_000;
    /** So many that neither they nor their rows stay in the processor's caches. */
    private static final int PUSHES = 1 << 17;

    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

    private final String[] secrets = new String[PUSHES];
    private final HostName[] hosts = new HostName[PUSHES];
    private final InMemoryLedgerTables tables = new InMemoryLedgerTables();
    private final KeyGate gate = new KeyGate(tables);

    /** Fills the tables. */
    @Setup
    public void fill() {
        var rows = new ManyRows(ROWS, ROWS);
        rows.all().forEach(row -> tables.put(Topics.partition(row.organizationId(), PlantedLedger.PARTITIONS), row));
        for (int i = 0; i < PUSHES; i++) {
            int key = ThreadLocalRandom.current().nextInt(ROWS);
            secrets[i] = ManyRows.secret(key);
            hosts[i] = rows.hostFor(key);
        }
    }

    /** The hash of the secret, the key, its organization, the host, its System. */
    @Benchmark
    public Verdict decision() {
        int push = ThreadLocalRandom.current().nextInt(PUSHES);
        var admission = gate.admit(secrets[push], Permission.METRICS_WRITE, NOW);
        if (admission instanceof Admission.Admitted admitted
                && gate.decide(admitted, List.of(Optional.of(hosts[push])), NOW) instanceof Verdict.Allowed allowed) {
            return allowed;
        }
        throw new IllegalStateException("Expected every push to pass, but got " + admission);
    }
}
