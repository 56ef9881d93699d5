package io.keyledger.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.codec.Decoded.Reason;
import io.keyledger.codec.Decoded.Unreadable;
import io.keyledger.codec.EncodedSamples.Sample;
import io.keyledger.event.SampleRows;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is broken is unreadable, and nothing worse. */
class BrokenValueTest {

    private static final long SEED = 20261121;

    private final LedgerCodec codec = new LedgerCodec(EncodedSamples.catalog());

    static Stream<Sample<?>> samples() {
        return EncodedSamples.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    <T> void whatIsCutOffOrHasMoreIsUnreadable(Sample<T> sample) {
        var encoded = sample.encode(codec);
        var fingerprint = encoded.fingerprint().toBytes();
        for (int length = 0; length < encoded.size(); length++) {
            assertMalformed(codec.decode(sample.type(), Arrays.copyOf(encoded.value(), length), fingerprint));
        }
        assertMalformed(codec.decode(sample.type(), Arrays.copyOf(encoded.value(), encoded.size() + 1), fingerprint));
    }

    @ParameterizedTest
    @MethodSource("samples")
    <T> void noBytesMakeItThrow(Sample<T> sample) {
        var encoded = sample.encode(codec);
        var fingerprint = encoded.fingerprint().toBytes();
        var random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            var broken = encoded.value().clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                broken[5 + random.nextInt(broken.length - 5)] ^= (byte) (1 << random.nextInt(8));
            }
            assertThat(codec.decode(sample.type(), broken, fingerprint))
                    .as("seed %d, round %d", SEED, round)
                    .isNotNull();
        }
    }

    @Test
    void aValueOfAnotherTopicIsUnreadable() {
        var host = codec.encode(RecordType.HOST_TO_SYSTEM, SampleRows.hostRows().getFirst());

        assertMalformed(codec.decode(
                RecordType.KEY_STATE, host.value(), host.fingerprint().toBytes()));
    }

    @Test
    void aValueOfAnotherTopicIsUnreadableEvenIfItHasAllFields() {
        var host = codec.encode(RecordType.HOST_TO_SYSTEM, SampleRows.hostRows().getFirst());
        var fingerprint = host.fingerprint().toBytes();

        assertMalformed(codec.decode(RecordType.SYSTEM_STATE, host.value(), fingerprint));
        assertMalformed(codec.decode(RecordType.SYSTEM_STATE, host.value(), (byte[]) null));
    }

    @Test
    void aFingerprintOfAnotherLengthAndAnotherMagicByteAreUnreadable() {
        var host = codec.encode(RecordType.HOST_TO_SYSTEM, SampleRows.hostRows().getFirst());
        var other = host.value().clone();
        other[0] = 1;

        assertMalformed(codec.decode(RecordType.HOST_TO_SYSTEM, host.value(), new byte[31]));
        assertMalformed(codec.decode(
                RecordType.HOST_TO_SYSTEM, other, host.fingerprint().toBytes()));
    }

    @Test
    void theMessageHoldsNothingOfTheContents() {
        var key = SampleRows.keyRows().getFirst();
        var encoded = codec.encode(RecordType.KEY_STATE, key);
        // The second of three ids in a row: no UUID any more, and Java's own message would quote it.
        var broken = encoded.value().clone();
        broken[5 + 2 + 3] = 'z';

        var decoded =
                codec.decode(RecordType.KEY_STATE, broken, encoded.fingerprint().toBytes());

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        unreadable -> assertThat(unreadable.message())
                                .isEqualTo("A value of key-state cannot be read: NumberFormatException."));
        assertThatThrownBy(decoded::orThrow)
                .isInstanceOf(UnreadableException.class)
                .hasNoCause()
                .hasMessage("A value of key-state cannot be read: NumberFormatException.");
    }

    private static void assertMalformed(Decoded<?> decoded) {
        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        unreadable -> assertThat(unreadable.reason()).isEqualTo(Reason.MALFORMED));
    }
}
