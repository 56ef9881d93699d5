package io.keyledger.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.codec.Decoded.Unreadable;
import io.keyledger.codec.Decoded.Value;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SchemaRecordTest {

    private static final RecordType<?> TYPE = RecordType.HOST_TO_SYSTEM;
    private static final SchemaRecord RECORD = new SchemaRecord(TYPE.fingerprint(), 7, TYPE.subject(), TYPE.schema());

    @Test
    void isReadAsItWasWritten() {
        assertThat(SchemaRecord.read(RECORD.key(), RECORD.value())).isEqualTo(new Value<>(RECORD));
        assertThat(new String(RECORD.value(), StandardCharsets.UTF_8))
                .startsWith("{\"id\":7,\"subject\":\"host-to-system-value\",\"schema\":\"{");
    }

    @Test
    void whoseSchemaIsNotThatOfItsKeyIsUnreadable() {
        assertThat(SchemaRecord.read(new byte[32], RECORD.value()))
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        unreadable -> assertThat(unreadable.message()).contains("not its key"));
    }

    @Test
    void thatIsNoJsonOrLacksAFieldIsUnreadable() {
        for (var text : new String[] {"", "{", "{}", "[]", "{\"id\":1,\"subject\":\"s\",\"schema\":3}"}) {
            assertThat(SchemaRecord.read(RECORD.key(), text.getBytes(StandardCharsets.UTF_8)))
                    .as(text)
                    .isInstanceOf(Unreadable.class);
        }
    }

    @Test
    void teachesTheCatalogIds() {
        var catalog = new SchemaCatalog();
        assertThat(catalog.findId(TYPE.fingerprint())).isEmpty();
        assertThat(catalog.canWrite()).isFalse();

        catalog.learn(RECORD);

        assertThat(catalog.findId(TYPE.fingerprint())).hasValue(7);
        assertThat(catalog.learnt()).containsExactly(RECORD);
        assertThat(catalog.findFingerprint(7)).contains(TYPE.fingerprint());
        assertThat(catalog.canWrite()).as("the ids of the others are missing").isFalse();
        assertThat(EncodedSamples.catalog().canWrite()).isTrue();
    }
}
