package io.keyledger.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.codec.EncodedSamples.Sample;
import io.keyledger.event.CollectorReport.CollectorStatus;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.SampleRows;
import io.keyledger.event.Samples;
import io.keyledger.table.Freshness;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LedgerCodecTest {

    private final LedgerCodec codec = new LedgerCodec(EncodedSamples.catalog());

    static Stream<Sample<?>> samples() {
        return EncodedSamples.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    <T> void decodesWhatItEncodes(Sample<T> sample) {
        var encoded = sample.encode(codec);

        assertThat(codec.decode(
                                sample.type(),
                                encoded.value(),
                                encoded.fingerprint().toBytes())
                        .orThrow())
                .isEqualTo(sample.value());
        assertThat(codec.decode(sample.type(), encoded.value(), (byte[]) null).orThrow())
                .as("by the schema's id alone")
                .isEqualTo(sample.value());
    }

    @ParameterizedTest
    @MethodSource("samples")
    <T> void writesConfluentsFiveBytesFirst(Sample<T> sample) {
        var encoded = sample.encode(codec);
        byte id = (byte) (RecordType.ALL.indexOf(sample.type()) + 1);

        assertThat(Arrays.copyOf(encoded.value(), 5)).containsExactly(0, 0, 0, 0, id);
        assertThat(encoded.size()).isEqualTo(5 + encoded.body().length);
    }

    @Test
    void isSafeForUseByManyThreads() {
        var samples = EncodedSamples.all().toList();

        assertThat(IntStream.range(0, 200 * samples.size())
                        .parallel()
                        .mapToObj(n -> samples.get(n % samples.size()))
                        .filter(sample -> !isReadAsWritten(sample)))
                .isEmpty();
    }

    @Test
    void endlessStalenessIsNone() {
        var status = SampleRows.statuses().getLast();
        var endless = new CollectorStatus(
                status.collectorId(),
                status.version(),
                status.region(),
                status.address(),
                status.startedAt(),
                status.reportedAt(),
                status.state(),
                status.health(),
                Freshness.NEVER,
                status.maxStaleness(),
                status.failOpen(),
                status.applied());
        var encoded = codec.encode(RecordType.COLLECTOR_STATUS, endless);

        assertThat(codec.decode(
                                RecordType.COLLECTOR_STATUS,
                                encoded.value(),
                                encoded.fingerprint().toBytes())
                        .orThrow()
                        .staleness())
                .isNull();
    }

    @Test
    void theSamplesHaveEveryKindOfEventThatCanBeWritten() {
        var kinds = allKinds(KeyEvent.class)
                .filter(kind -> kind != KeyEvent.Unknown.class)
                .collect(Collectors.toSet());

        assertThat(Samples.payloads().stream().map(Object::getClass).collect(Collectors.toSet()))
                .isEqualTo(kinds);
    }

    @Test
    void doesNotWriteAnUnknownEvent() {
        var event = Samples.events().getFirst();
        var unknown = new io.keyledger.event.LedgerEvent(
                event.eventId(),
                event.organizationId(),
                event.organizationRevision(),
                event.revision(),
                event.occurredAt(),
                event.commandId(),
                event.actor(),
                new KeyEvent.Unknown("KeyFrobnicated"));

        assertThatThrownBy(() -> codec.encode(RecordType.KEY_EVENTS, unknown))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("KeyFrobnicated");
    }

    @Test
    void doesNotWriteBeforeTheIdsAreKnown() {
        assertThatThrownBy(() -> new LedgerCodec(new SchemaCatalog())
                        .encode(RecordType.KEY_EVENTS, Samples.events().getFirst()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("schemas");
    }

    private <T> boolean isReadAsWritten(Sample<T> sample) {
        var encoded = sample.encode(codec);
        return codec.decode(
                        sample.type(), encoded.value(), encoded.fingerprint().toBytes())
                .orThrow()
                .equals(sample.value());
    }

    private static Stream<Class<?>> allKinds(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .flatMap(kind -> kind.isSealed() ? allKinds(kind) : Stream.of(kind));
    }
}
