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

/** What the gate takes to decide about a push of one host, with a million keys and a million hosts in its tables. */
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
    private final HostName[] fewHosts = new HostName[PUSHES];
    private final InMemoryLedgerTables tables = new InMemoryLedgerTables();
    private final KeyGate gate = new KeyGate(tables);
    private int last;

    /** Fills the tables, and lays the rows and the pushes out as a collector of garbage leaves them: without gaps. */
    @Setup
    public void fill() {
        var rows = new ManyRows(ROWS, ROWS);
        rows.all().forEach(row -> tables.put(Topics.partition(row.organizationId(), PlantedLedger.PARTITIONS), row));
        for (int i = 0; i < PUSHES; i++) {
            int key = ThreadLocalRandom.current().nextInt(ROWS);
            secrets[i] = ManyRows.secret(key);
            hosts[i] = rows.hostFor(key);
            fewHosts[i] = rows.hostFor(key % ManyRows.ORGANIZATIONS);
        }
        System.gc();
    }

    /** The hash of the secret, a random key of all, its organization, a host of that, its System. */
    @Benchmark
    public Verdict decision() {
        return decide(fewHosts);
    }

    /** The same with a random host of all. */
    @Benchmark
    public Verdict decisionOfAnyHost() {
        return decide(hosts);
    }

    private Verdict decide(HostName[] named) {
        // In the order in which they lie in memory: what a push says is in the cache, for it has just been read.
        int push = last++ & (PUSHES - 1);
        var admission = gate.admit(secrets[push], Permission.METRICS_WRITE, NOW);
        if (admission instanceof Admission.Admitted admitted
                && gate.decide(admitted, List.of(Optional.of(named[push])), NOW) instanceof Verdict.Allowed allowed) {
            return allowed;
        }
        throw new IllegalStateException("Expected every push to pass, but got " + admission);
    }
}
