package io.keyledger.audit.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.audit.chain.Bytes;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.Samples;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ArrivalTest {

    private final Bytes hash = Bytes.of(new byte[32]);
    private final Bytes key = Bytes.of(new byte[] {1});
    private final Bytes value = Bytes.of(new byte[] {0, 0, 0, 0, 7, 42});

    @Test
    void takesARecordApartAndPutsItTogether() {
        var event =
                new SampleLedger().write(3, Samples.ORGANIZATION, new KeyEvent.SystemRegistered(Samples.SYSTEM, "web"));
        var parts = new Arrival.Parts(
                event.key(),
                Bytes.of(SampleLedger.value(event)),
                event.fingerprint(),
                OptionalLong.of(event.revision()),
                event.leaf(),
                event.chain());

        assertThat(Arrival.of(3, 0, parts, null)).isEqualTo(new Arrival.Placeable(event, null));
    }

    @Test
    void keepsWhatIsNoEventAndSaysWhatIsMissing() {
        assertThat(unplaceable(new Arrival.Parts(key, value, hash, OptionalLong.of(1), null, hash))
                        .why())
                .contains("Offset 5 of partition 2")
                .contains("no leaf");
        assertThat(unplaceable(new Arrival.Parts(key, value, hash, OptionalLong.empty(), hash, hash))
                        .why())
                .contains("revision");
        assertThat(unplaceable(new Arrival.Parts(key, value, hash, OptionalLong.of(0), hash, hash))
                        .why())
                .contains("revision is 0");
        assertThat(unplaceable(new Arrival.Parts(null, value, hash, OptionalLong.of(1), hash, hash))
                        .why())
                .contains("no key");
        assertThat(unplaceable(new Arrival.Parts(key, null, hash, OptionalLong.of(1), hash, hash))
                        .why())
                .contains("no value");
        assertThat(unplaceable(new Arrival.Parts(key, value, key, OptionalLong.of(1), hash, hash))
                        .why())
                .contains("fingerprint has 1 bytes");

        var other =
                unplaceable(new Arrival.Parts(key, Bytes.of(new byte[] {9, 9}), hash, OptionalLong.of(1), hash, hash));
        assertThat(other.why()).contains("wire format");
        assertThat(other.raw()).containsEntry("value", "0909").containsEntry("key", "01");
    }

    private static Arrival.Unplaceable unplaceable(Arrival.Parts parts) {
        return (Arrival.Unplaceable) Arrival.of(2, 5, parts, null);
    }
}
