package io.keyledger.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.audit.chain.Bytes;
import io.keyledger.audit.chain.Evidence;
import io.keyledger.audit.record.Forged;
import io.keyledger.audit.record.InMemoryRecordStore;
import io.keyledger.audit.record.RecordedEvent;
import io.keyledger.audit.record.SampleLedger;
import io.keyledger.audit.record.SampleRecorder;
import io.keyledger.codec.Chain;
import io.keyledger.codec.Fingerprint;
import io.keyledger.event.Samples;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifierTest {

    private final InMemoryRecordStore store = new InMemoryRecordStore();
    private final Verifier verifier = new Verifier(store, SampleLedger.mapping());

    @BeforeEach
    void record() {
        var ledger = new SampleLedger();
        SampleRecorder.record(store, ledger.writeSamples(0, Samples.ORGANIZATION));
    }

    @Test
    void holdsWhenNothingWasTouched() {
        var verification = verifier.verify();

        assertThat(verification.holds()).as("%s", verification.findings()).isTrue();
        assertThat(verification.events()).isEqualTo(Samples.payloads().size());
        assertThat(verification.unread()).isZero();
        assertThat(verification.tips().get(0))
                .isEqualTo(new Verification.Tip(
                        Samples.payloads().size(),
                        store.all().getLast().evidence().chain().toString()));
    }

    @Test
    void findsAChangedBody() {
        var event = store.all().get(4);
        store.tamper(with(
                event,
                Forged.body(event.evidence(), store.all().get(5).evidence().body())));

        assertThat(verifier.verify().findings())
                .anyMatch(found -> found.kind() == Finding.Kind.CHAIN && found.revision() == 5);
    }

    @Test
    void findsAMissingEvent() {
        store.remove(store.all().get(4));

        assertThat(verifier.verify().findings()).extracting(Finding::kind).contains(Finding.Kind.CHAIN);
    }

    @Test
    void findsABodyThatWasChangedTogetherWithItsLeaf() {
        var event = store.all().get(4);
        var other = store.all().get(5).evidence();
        var leaf = Chain.leaf(
                Fingerprint.ofBytes(event.evidence().fingerprint().toArray()),
                event.evidence().key().toArray(),
                5,
                other.body().toArray());
        var forged = Forged.bodyAndLeaf(event.evidence(), other.body(), Bytes.of(leaf));
        store.tamper(with(event, forged));

        assertThat(verifier.verify().findings())
                .anyMatch(found ->
                        found.kind() == Finding.Kind.CHAIN && found.detail().contains("go on"));
    }

    @Test
    void findsAChangedColumn() {
        var event = store.all().get(20);
        store.tamper(
                new RecordedEvent(event.evidence(), true, store.all().get(19).columns(), event.revoked()));

        assertThat(verifier.verify().findings())
                .containsExactly(
                        new Finding(Finding.Kind.COLUMNS, 0, 21, "What it is found by is not what its bytes say."));
    }

    @Test
    void findsARevokedKeyThatWasTakenAway() {
        var event = store.all().stream()
                .filter(e -> e.revoked().isPresent())
                .findFirst()
                .orElseThrow();
        store.tamper(new RecordedEvent(event.evidence(), true, event.columns(), Optional.empty()));

        assertThat(verifier.verify().findings()).extracting(Finding::kind).containsExactly(Finding.Kind.REVOKED_TOKEN);
    }

    @Test
    void countsWhatWasNotDecodedOnArrival() {
        var event = store.all().getFirst();
        store.tamper(new RecordedEvent(event.evidence(), true, event.columns().withPayload(null), event.revoked()));

        var verification = verifier.verify();
        assertThat(verification.holds()).isTrue();
        assertThat(verification.unread()).isEqualTo(1);
    }

    private static RecordedEvent with(RecordedEvent event, Evidence evidence) {
        return new RecordedEvent(evidence, event.verified(), event.columns(), event.revoked());
    }
}
