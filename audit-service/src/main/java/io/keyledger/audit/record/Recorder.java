package io.keyledger.audit.record;

import io.keyledger.audit.chain.AlarmKind;
import io.keyledger.audit.chain.ChainTip;
import io.keyledger.audit.chain.ChainTip.Fault;
import io.keyledger.audit.chain.Evidence;
import io.keyledger.audit.record.EventMapping.Mapped;
import io.keyledger.audit.record.RecordStore.TakenException;
import io.keyledger.audit.record.RecordStore.UnstorableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Takes what arrives into the record, each event exactly once: where it stands is what is recorded, read before the first
 * record and moved on by each transaction. Whatever is not as it must be is an alarm and is kept; recording goes on.
 */
final class Recorder {

    private final RecordStore store;
    private final EventMapping mapping;
    private final RecorderListener listener;
    private final UUID ledgerId;
    private final Map<Integer, ChainTip> tips = new HashMap<>();
    private final Map<Integer, Long> lastOffsets = new HashMap<>();

    /**
     * Reads where the record stands.
     *
     * @throws OtherLedgerException if the record is another ledger's
     */
    Recorder(RecordStore store, EventMapping mapping, RecorderListener listener, UUID ledgerId) {
        this.store = store;
        this.mapping = mapping;
        this.listener = listener;
        this.ledgerId = ledgerId;
        var recorded = store.ledger(ledgerId);
        if (!recorded.equals(ledgerId)) {
            throw new OtherLedgerException(recorded, ledgerId);
        }
        readPositions();
    }

    /** The offset of the last record of a partition that left a trace; reading it again does no harm. */
    OptionalLong lastOffset(int partition) {
        var offset = lastOffsets.get(partition);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /** Records all of them in one transaction; in one each, if the database does not take what one of them says. */
    void record(List<Arrival> arrivals) {
        try {
            recordTogether(arrivals);
        } catch (UnstorableException _) {
            arrivals.forEach(this::recordAlone);
        }
    }

    /** Whatever an event says, it is recorded, and those after it: without its columns, if need be. */
    private void recordAlone(Arrival arrival) {
        try {
            recordTogether(List.of(arrival));
        } catch (UnstorableException e) {
            if (!(arrival instanceof Arrival.Placeable(var evidence, var _))) {
                throw e;
            }
            recordTogether(List.of(new Arrival.Unsearchable(evidence, "cannot be searched: " + e.getMessage())));
        }
    }

    private void recordTogether(List<Arrival> arrivals) {
        while (true) {
            try {
                recordOnce(arrivals);
                return;
            } catch (TakenException e) {
                // Another instance writes the same record. What it has written is now found and compared.
                var before = Map.copyOf(tips);
                readPositions();
                if (tips.equals(before)) {
                    throw e;
                }
            }
        }
    }

    private void readPositions() {
        store.positions().forEach((partition, position) -> {
            tips.put(partition, position.tip());
            lastOffsets.put(partition, position.lastOffset());
            listener.at(partition, position.tip().revision());
        });
    }

    private void recordOnce(List<Arrival> arrivals) {
        var work = new Work();
        arrivals.forEach(work::take);
        var batch = new Batch(List.copyOf(work.events.values()), work.alarms);
        var raised = batch.isEmpty() ? List.<Alarm>of() : store.append(batch);
        tips.putAll(work.moved);
        batch.events().forEach(event -> listener.recorded(event.evidence()));
        raised.forEach(listener::alarmed);
    }

    /** What one batch comes to, before anything is written. */
    private final class Work {
        private final Map<Integer, ChainTip> moved = new HashMap<>();
        /** In their order: two instances that write the same rows must not wait for each other. */
        private final Map<Place, RecordedEvent> events = new TreeMap<>();

        private final List<Alarm> alarms = new ArrayList<>();

        void take(Arrival arrival) {
            switch (arrival) {
                // Without an event the mapping reads once more, and says why it cannot.
                case Arrival.Placeable(var evidence, var event) ->
                    place(evidence, () -> event == null ? mapping.map(evidence) : mapping.map(evidence, event));
                case Arrival.Unsearchable(var evidence, var why) ->
                    place(evidence, () -> mapping.unreadable(evidence, why));
                case Arrival.Unplaceable(var partition, var offset, var why, var raw) ->
                    alarms.add(new Alarm(AlarmKind.UNPLACEABLE_RECORD, null, partition, offset, null, why, raw));
            }
        }

        private void place(Evidence evidence, Supplier<Mapped> row) {
            int partition = evidence.partition();
            var tip =
                    moved.getOrDefault(partition, tips.getOrDefault(partition, ChainTip.genesis(ledgerId, partition)));
            if (evidence.revision() <= tip.revision()) {
                findRecorded(evidence)
                        .ifPresentOrElse(recorded -> compare(recorded, evidence), () -> late(evidence, row));
                return;
            }
            var step = tip.step(evidence);
            step.fault().ifPresent(fault -> raise(evidence, fault, Map.of()));
            moved.put(partition, step.tip());
            add(evidence, row, step.tip().verified());
        }

        private Optional<Evidence> findRecorded(Evidence evidence) {
            var fresh = events.get(Place.of(evidence));
            return fresh == null
                    ? store.find(evidence.partition(), evidence.revision())
                    : Optional.of(fresh.evidence());
        }

        private void compare(Evidence recorded, Evidence evidence) {
            if (recorded.sameAs(evidence)) {
                listener.repeated(evidence, recorded.offset() == evidence.offset());
                return;
            }
            var detail = "Revision " + evidence.revision() + " in partition " + evidence.partition()
                    + " is recorded from offset " + recorded.offset() + ", but offset " + evidence.offset()
                    + " has other bytes.";
            raise(evidence, new Fault(AlarmKind.REPEAT_WITH_OTHER_BYTES, detail), Arrival.raw(evidence));
        }

        private void late(Evidence evidence, Supplier<Mapped> row) {
            var detail = "Revision " + evidence.revision() + " in partition " + evidence.partition()
                    + ", missing until now, came at offset " + evidence.offset() + ".";
            raise(evidence, new Fault(AlarmKind.OUT_OF_ORDER, detail), Map.of());
            add(evidence, row, false);
        }

        private void add(Evidence evidence, Supplier<Mapped> row, boolean verified) {
            var mapped = row.get();
            mapped.fault().ifPresent(fault -> raise(evidence, fault, Map.of()));
            events.put(Place.of(evidence), new RecordedEvent(evidence, verified, mapped.columns(), mapped.revoked()));
        }

        private void raise(Evidence evidence, Fault fault, Map<String, String> raw) {
            var organization = fault.kind().concernsOneEvent()
                    ? EventIndex.organization(evidence).orElse(null)
                    : null;
            alarms.add(new Alarm(
                    fault.kind(),
                    organization,
                    evidence.partition(),
                    evidence.offset(),
                    evidence.revision(),
                    fault.detail(),
                    raw));
        }
    }
}
