package io.keyledger.ingest.edge;

import io.keyledger.event.SystemId;
import io.keyledger.ingest.gate.HostDecision;
import io.keyledger.ingest.gate.Verdict;
import io.keyledger.ingest.protocol.LineCutter;
import io.keyledger.ingest.protocol.ScannedLines;
import io.keyledger.ingest.telemetry.TelemetryRecord;
import java.time.Instant;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The lines of a push that pass, as records, each made when it is asked for: right before it is sent. A process that was
 * paused since the gate decided may have been fenced meanwhile, and sends no more.
 */
final class TelemetryRecords implements Iterator<TelemetryRecord> {

    private final Verdict.Allowed allowed;
    private final ScannedLines lines;
    private final Instant receivedAt;
    private final BooleanSupplier stale;
    private final LineCutter cutter;

    /** @param stale whether the tables are too old to go on with */
    TelemetryRecords(Verdict.Allowed allowed, ScannedLines lines, Instant receivedAt, BooleanSupplier stale) {
        this.allowed = allowed;
        this.lines = lines;
        this.receivedAt = receivedAt;
        this.stale = stale;
        this.cutter = new LineCutter(lines, passing(allowed.hosts()));
    }

    private static BitSet passing(List<HostDecision> hosts) {
        var passing = new BitSet(hosts.size());
        for (var host = 0; host < hosts.size(); host++) {
            passing.set(host, hosts.get(host).passes());
        }
        return passing;
    }

    @Override
    public boolean hasNext() {
        return cutter.hasNext();
    }

    /** @throws StaleTablesException if the tables have grown too old since the decision */
    @Override
    public TelemetryRecord next() {
        if (stale.getAsBoolean()) {
            throw new StaleTablesException();
        }
        var part = cutter.next();
        var key = allowed.key();
        return new TelemetryRecord(
                key.organizationId(),
                lines.hosts().get(part.firstHost()).orElse(null),
                systems(part.hosts()),
                key.keyId(),
                receivedAt,
                part.value());
    }

    /** Most pushes are of one host: a stream would cost them more than the rest of the record. */
    private List<SystemId> systems(BitSet hosts) {
        var systems = new LinkedHashSet<SystemId>(2);
        for (var host = hosts.nextSetBit(0); host >= 0; host = hosts.nextSetBit(host + 1)) {
            var system = allowed.hosts().get(host).system();
            if (system != null) {
                systems.add(system);
            }
        }
        return List.copyOf(systems);
    }
}
