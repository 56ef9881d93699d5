package io.keyledger.audit.record;

import io.keyledger.audit.chain.AlarmKind;
import io.keyledger.audit.chain.Evidence;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the recorder has done, as metrics and, where a person has to look, in the log. */
final class RecordMetrics implements RecorderListener {

    private static final Logger log = LoggerFactory.getLogger(RecordMetrics.class);

    private final MeterRegistry registry;
    private final Counter events;
    private final Counter repeats;
    private final Map<AlarmKind, AtomicLong> alarms = new EnumMap<>(AlarmKind.class);
    private final Map<Integer, AtomicLong> revisions = new ConcurrentHashMap<>();

    RecordMetrics(MeterRegistry registry) {
        this.registry = registry;
        events = Counter.builder("keyledger.audit.events")
                .description("Events recorded by this instance")
                .register(registry);
        repeats = Counter.builder("keyledger.audit.repeats")
                .description("Events that came again from another offset, with the same bytes")
                .register(registry);
        for (var kind : AlarmKind.values()) {
            var count = new AtomicLong();
            alarms.put(kind, count);
            Gauge.builder("keyledger.audit.alarms", count, AtomicLong::doubleValue)
                    .description("Alarms in the record, ever")
                    .tag("kind", kind.name())
                    .register(registry);
        }
    }

    @Override
    public void at(int partition, long revision) {
        revision(partition).set(revision);
    }

    /** Has the lag measured by whoever knows it: offsets of the log, by partition, that are still to be recorded. */
    void measureLag(Supplier<Map<Integer, Long>> lags) {
        Gauge.builder("keyledger.audit.lag", lags, l -> total(l.get()))
                .description("Offsets between the record and the committed end of the log; 0: it has all")
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void recorded(Evidence event) {
        events.increment();
        at(event.partition(), event.revision());
    }

    @Override
    public void repeated(Evidence event, boolean sameRecord) {
        if (!sameRecord) {
            repeats.increment();
            log.atWarn()
                    .addKeyValue("partition", event.partition())
                    .addKeyValue("revision", event.revision())
                    .addKeyValue("offset", event.offset())
                    .log("An event came a second time, with the same bytes.");
        }
    }

    @Override
    public void alarmed(Alarm alarm) {
        count(alarm.kind()).incrementAndGet();
        log.atError()
                .addKeyValue("kind", alarm.kind())
                .addKeyValue("partition", alarm.partition())
                .addKeyValue("revision", alarm.revision())
                .addKeyValue("offset", alarm.offset())
                .addKeyValue("detail", alarm.detail())
                .log("The log of events is not as it must be.");
    }

    /** What the record says of alarms at the start. */
    void alarms(Map<AlarmKind, Long> counts) {
        counts.forEach((kind, count) -> count(kind).set(count));
    }

    /** The alarms by kind, those that were never raised left out. */
    Map<AlarmKind, Long> alarms() {
        var raised = new EnumMap<AlarmKind, Long>(AlarmKind.class);
        alarms.forEach((kind, count) -> {
            if (count.get() > 0) {
                raised.put(kind, count.get());
            }
        });
        return raised;
    }

    /** The lag of all partitions together. */
    static long total(Map<Integer, Long> lags) {
        return lags.values().stream().mapToLong(Long::longValue).sum();
    }

    private AtomicLong count(AlarmKind kind) {
        return alarms.computeIfAbsent(kind, _ -> new AtomicLong());
    }

    private AtomicLong revision(int partition) {
        return revisions.computeIfAbsent(partition, p -> {
            var revision = new AtomicLong();
            Gauge.builder("keyledger.audit.revision", revision, AtomicLong::doubleValue)
                    .description("Last revision recorded")
                    .tag("partition", String.valueOf(p))
                    .register(registry);
            return revision;
        });
    }
}
