package io.keyledger.audit.record;

import io.keyledger.audit.chain.Evidence;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;

/** Records without Kafka. */
public final class SampleRecorder {

    private SampleRecorder() {}

    /** Records these events as if they had just arrived. */
    public static void record(InMemoryRecordStore store, List<Evidence> events) {
        new Recorder(
                        store,
                        SampleLedger.mapping(),
                        new RecordMetrics(new SimpleMeterRegistry()),
                        SampleLedger.LEDGER_ID)
                .record(events.stream().map(SampleLedger::arrival).toList());
    }
}
