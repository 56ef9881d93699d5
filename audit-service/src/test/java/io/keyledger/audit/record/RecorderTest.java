package io.keyledger.audit.record;

import static io.keyledger.audit.record.SampleLedger.arrival;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.audit.chain.AlarmKind;
import io.keyledger.audit.chain.Bytes;
import io.keyledger.audit.chain.Evidence;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.Samples;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecorderTest {

    private final SampleLedger ledger = new SampleLedger();
    private final InMemoryRecordStore store = new InMemoryRecordStore();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RecordMetrics metrics = new RecordMetrics(meters);
    private Recorder recorder = recorder();

    @Test
    void recordsEveryKindOfEventAsVerified() {
        var events = ledger.writeSamples(0, Samples.ORGANIZATION);

        record(events);

        assertThat(store.all()).extracting(RecordedEvent::evidence).containsExactlyElementsOf(events);
        assertThat(store.all()).allMatch(RecordedEvent::verified);
        assertThat(store.alarms()).isEmpty();
        assertThat(meters.get("keyledger.audit.events").counter().count()).isEqualTo(events.size());
    }

    @Test
    void stepsOverWhatItHas() {
        var events = ledger.writeSamples(0, Samples.ORGANIZATION);
        record(events);
        recorder = recorder();

        record(events.subList(events.size() - 3, events.size()));

        assertThat(store.all()).hasSize(events.size());
        assertThat(store.alarms()).isEmpty();
    }

    @Test
    void countsTheSameEventFromAnotherOffsetAndKeepsIt() {
        var event = ledger.write(0, Samples.ORGANIZATION, new KeyEvent.SystemRegistered(Samples.SYSTEM, "web"));

        record(List.of(event, Forged.offset(event, 7)));

        assertThat(store.all()).hasSize(1);
        assertThat(store.alarms()).isEmpty();
        assertThat(meters.get("keyledger.audit.repeats").counter().count()).isEqualTo(1);
    }

    @Test
    void raisesAnAlarmForOtherBytesUnderATakenRevisionAndKeepsThem() {
        var events = ledger.writeSamples(0, Samples.ORGANIZATION);
        record(events);
        var forged = Forged.body(Forged.offset(events.get(3), 99), Bytes.of(new byte[] {1, 2, 3}));

        record(List.of(forged));

        assertThat(kinds()).containsExactly(AlarmKind.REPEAT_WITH_OTHER_BYTES);
        assertThat(store.alarms().getFirst().evidence()).containsEntry("value", "0000000001010203");
        assertThat(store.all()).extracting(RecordedEvent::evidence).containsExactlyElementsOf(events);
    }

    @Test
    void goesOnAfterAGapButVerifiesNothingAnyMore() {
        var events = ledger.writeSamples(0, Samples.ORGANIZATION);

        record(events.subList(0, 4));
        record(events.subList(5, 9));

        assertThat(kinds()).containsExactly(AlarmKind.GAP);
        assertThat(store.alarms().getFirst().detail()).contains("revision 5").contains("got 6");
        assertThat(store.all()).hasSize(8);
        assertThat(store.all().subList(0, 4)).allMatch(RecordedEvent::verified);
        assertThat(store.all().subList(4, 8)).noneMatch(RecordedEvent::verified);
    }

    @Test
    void staysUnverifiedAfterARestart() {
        var events = ledger.writeSamples(0, Samples.ORGANIZATION);
        record(events.subList(1, 4));
        recorder = recorder();

        record(events.subList(4, 6));

        assertThat(store.all()).noneMatch(RecordedEvent::verified);
        assertThat(kinds()).containsExactly(AlarmKind.GAP);
    }

    @Test
    void keepsALateEventInItsPlace() {
        var events = ledger.writeSamples(0, Samples.ORGANIZATION);

        record(List.of(events.get(0), events.get(2), Forged.offset(events.get(1), 3)));

        assertThat(kinds()).containsExactly(AlarmKind.GAP, AlarmKind.OUT_OF_ORDER);
        assertThat(store.all()).hasSize(3);
        assertThat(store.all()).extracting(RecordedEvent::verified).containsExactly(true, false, false);
    }

    @Test
    void tellsAChangedBodyFromABrokenChain() {
        var events = ledger.writeSamples(0, Samples.ORGANIZATION);
        var otherBody = Forged.body(events.get(1), events.get(2).body());
        var otherChain = Forged.chain(events.get(1), events.get(5).chain());

        record(List.of(events.get(0), otherBody));
        assertThat(kinds()).contains(AlarmKind.LEAF_MISMATCH).doesNotContain(AlarmKind.CHAIN_BROKEN);

        var second = new InMemoryRecordStore();
        new Recorder(second, SampleLedger.mapping(), metrics, SampleLedger.LEDGER_ID)
                .record(List.of(arrival(events.get(0)), arrival(otherChain)));
        assertThat(second.alarms()).extracting(Alarm::kind).containsExactly(AlarmKind.CHAIN_BROKEN);
    }

    @Test
    void keepsAnEventThatItCannotReadAndVerifiesIt() {
        var events = ledger.writeSamples(0, Samples.ORGANIZATION);
        var unread = new EventMapping(evidence -> new io.keyledger.codec.Decoded.Unreadable<>(
                io.keyledger.codec.Decoded.Reason.UNKNOWN_SCHEMA, "of another time"));

        new Recorder(store, unread, metrics, SampleLedger.LEDGER_ID).record(List.of(arrival(events.getFirst())));

        assertThat(kinds()).containsExactly(AlarmKind.UNREADABLE_EVENT);
        var recorded = store.all().getFirst();
        assertThat(recorded.verified()).isTrue();
        assertThat(recorded.evidence()).isEqualTo(events.getFirst());
        assertThat(recorded.columns().organizationId()).isEqualTo(Samples.ORGANIZATION.value());
    }

    @Test
    void keepsARecordThatIsNoEventAsAnAlarmOnce() {
        var strange = new Arrival.Unplaceable(0, 5, "it has no leaf.", java.util.Map.of("value", "00"));

        recorder.record(List.of(strange));
        recorder.record(List.of(strange));

        assertThat(kinds()).containsExactly(AlarmKind.UNPLACEABLE_RECORD);
        assertThat(metrics.alarms()).containsEntry(AlarmKind.UNPLACEABLE_RECORD, 1L);
    }

    @Test
    void findsAnEnvelopeThatSaysAnotherRevision() {
        var first = Samples.events().getFirst();
        // Its revision is 101: chained as such, but put into the log under 1.
        var moved = Forged.revision(ledger.chain(0, first), 1);

        record(List.of(moved));

        assertThat(kinds()).containsExactlyInAnyOrder(AlarmKind.LEAF_MISMATCH, AlarmKind.ENVELOPE_MISMATCH);
    }

    @Test
    void recordsNothingOfAnotherLedger() {
        record(ledger.writeSamples(0, Samples.ORGANIZATION));

        var other = UUID.randomUUID();
        assertThatThrownBy(() -> new Recorder(store, SampleLedger.mapping(), metrics, other))
                .isInstanceOf(OtherLedgerException.class)
                .hasMessageContaining(other.toString())
                .hasMessageContaining(SampleLedger.LEDGER_ID.toString());
    }

    @Test
    void sharesTheRecordWithAnotherInstance() {
        var events = ledger.writeSamples(0, Samples.ORGANIZATION);
        var other = recorder();

        record(events.subList(0, 6));
        other.record(events.stream().map(SampleLedger::arrival).toList());
        record(events);

        assertThat(store.all()).extracting(RecordedEvent::evidence).containsExactlyElementsOf(events);
        assertThat(store.all()).allMatch(RecordedEvent::verified);
        assertThat(store.alarms()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everySplitAndEveryRepeatComesToTheSameRecord(long seed) {
        var random = new Random(seed);
        var events = ledger.writeSamples(0, Samples.ORGANIZATION);
        int next = 0;
        while (next < events.size()) {
            int back = random.nextInt(next + 1);
            int to = next + 1 + random.nextInt(events.size() - next);
            if (random.nextBoolean()) {
                recorder = recorder();
            }
            record(events.subList(back, to));
            next = to;
        }
        assertThat(store.all())
                .as("seed %s", seed)
                .extracting(RecordedEvent::evidence)
                .containsExactlyElementsOf(events);
        assertThat(store.all()).allMatch(RecordedEvent::verified);
        assertThat(store.alarms()).isEmpty();
    }

    private Recorder recorder() {
        return new Recorder(store, SampleLedger.mapping(), metrics, SampleLedger.LEDGER_ID);
    }

    private void record(List<Evidence> events) {
        recorder.record(events.stream().map(SampleLedger::arrival).toList());
    }

    private List<AlarmKind> kinds() {
        return store.alarms().stream().map(Alarm::kind).toList();
    }
}
