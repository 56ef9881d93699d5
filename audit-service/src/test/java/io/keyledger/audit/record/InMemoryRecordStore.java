package io.keyledger.audit.record;

import io.keyledger.audit.chain.AlarmKind;
import io.keyledger.audit.chain.ChainTip;
import io.keyledger.audit.chain.Evidence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A record in memory, with what PostgreSQL's keys refuse. */
public final class InMemoryRecordStore implements RecordStore, RecordedEvents {

    private final TreeMap<Place, RecordedEvent> events = new TreeMap<>();
    private final List<Alarm> alarms = new ArrayList<>();
    private final Set<List<@Nullable Object>> raised = new HashSet<>();
    private @Nullable UUID ledgerId;

    @Override
    public UUID ledger(UUID presented) {
        var known = ledgerId;
        if (known == null) {
            ledgerId = presented;
            return presented;
        }
        return known;
    }

    @Override
    public Map<Integer, Position> positions() {
        var positions = new HashMap<Integer, Position>();
        events.values().forEach(event -> positions.put(event.evidence().partition(), position(event)));
        return positions;
    }

    private Position position(RecordedEvent event) {
        var evidence = event.evidence();
        long offset = events.values().stream()
                .map(RecordedEvent::evidence)
                .filter(other -> other.partition() == evidence.partition())
                .mapToLong(Evidence::offset)
                .max()
                .orElseThrow();
        return new Position(new ChainTip(evidence.revision(), evidence.chain(), event.verified()), offset);
    }

    @Override
    public Optional<Evidence> find(int partition, long revision) {
        return Optional.ofNullable(events.get(new Place(partition, revision))).map(RecordedEvent::evidence);
    }

    @Override
    public List<Alarm> append(Batch batch) {
        for (var event : batch.events()) {
            if (events.containsKey(Place.of(event.evidence()))) {
                throw new TakenException(new IllegalStateException("Taken: " + Place.of(event.evidence())));
            }
        }
        batch.events().forEach(event -> events.put(Place.of(event.evidence()), event));
        return batch.alarms().stream().filter(this::raise).toList();
    }

    private boolean raise(Alarm alarm) {
        var once = new ArrayList<@Nullable Object>();
        once.add(alarm.kind());
        once.add(alarm.partition());
        once.add(alarm.offset());
        once.add(alarm.revision());
        if (!raised.add(once)) {
            return false;
        }
        alarms.add(alarm);
        return true;
    }

    @Override
    public Map<AlarmKind, Long> countAlarms() {
        var counts = new HashMap<AlarmKind, Long>();
        alarms.forEach(alarm -> counts.merge(alarm.kind(), 1L, Long::sum));
        return counts;
    }

    @Override
    public Optional<UUID> ledgerId() {
        return Optional.ofNullable(ledgerId);
    }

    @Override
    public long countAllAlarms() {
        return alarms.size();
    }

    @Override
    public void forEach(Consumer<RecordedEvent> each) {
        events.values().forEach(each);
    }

    /** All alarms, in the order of their raising. */
    public List<Alarm> alarms() {
        return alarms;
    }

    /** All events, by partition and revision. */
    public List<RecordedEvent> all() {
        return List.copyOf(events.values());
    }

    /** Changes the record as nobody may. */
    public void tamper(RecordedEvent event) {
        events.put(Place.of(event.evidence()), event);
    }

    /** Takes an event away as nobody may. */
    public void remove(RecordedEvent event) {
        Objects.requireNonNull(events.remove(Place.of(event.evidence())));
    }
}
