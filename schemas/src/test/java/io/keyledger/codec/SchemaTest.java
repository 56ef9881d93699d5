package io.keyledger.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.Actor;
import io.keyledger.event.CollectorReport;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.MixedBatches;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.Role;
import io.keyledger.event.UnlinkedHosts;
import io.keyledger.event.UserStatus;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules that every schema keeps, so that it can grow. */
class SchemaTest {

    private static final Map<String, Class<? extends Enum<?>>> ENUMS = Map.of(
            "ActorKind", Actor.Kind.class,
            "CollectorHealth", CollectorReport.Health.class,
            "CollectorState", CollectorReport.State.class,
            "KeyKind", KeyKind.class,
            "KeyStatus", KeyStatus.class,
            "MixedBatches", MixedBatches.class,
            "RevocationReason", RevocationReason.class,
            "Role", Role.class,
            "UnlinkedHosts", UnlinkedHosts.class,
            "UserStatus", UserStatus.class);

    static Collection<Schema> named() {
        var found = new LinkedHashMap<String, Schema>();
        RecordType.ALL.forEach(type -> collect(type.schema(), found));
        return found.values();
    }

    static Stream<Schema> enums() {
        return named().stream().filter(schema -> schema.getType() == Schema.Type.ENUM);
    }

    @ParameterizedTest
    @MethodSource("named")
    void saysWhatItIs(Schema schema) {
        assertThat(schema.getDoc()).as(schema.getFullName()).isNotBlank();
        if (schema.getType() == Schema.Type.RECORD) {
            assertThat(schema.getFields())
                    .allSatisfy(field -> assertThat(field.doc())
                            .as(schema.getName() + "." + field.name())
                            .isNotBlank());
        }
    }

    @ParameterizedTest
    @MethodSource("named")
    void aFieldThatMayBeMissingIsNullByDefault(Schema schema) {
        if (schema.getType() == Schema.Type.RECORD) {
            assertThat(schema.getFields()).allSatisfy(field -> {
                if (field.schema().isNullable()) {
                    assertThat(field.defaultVal()).isEqualTo(JsonProperties.NULL_VALUE);
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("enums")
    void anEnumHasADefaultAndTheConstantsOfItsJavaEnum(Schema schema) {
        assertThat(schema.getEnumDefault()).isIn("UNKNOWN", "UNSPECIFIED");
        var constants = new TreeSet<>(Set.of(schema.getEnumDefault()));
        Arrays.stream(Objects.requireNonNull(ENUMS.get(schema.getName()), schema.getName())
                        .getEnumConstants())
                .map(Enum::name)
                .forEach(constants::add);

        assertThat(new TreeSet<>(schema.getEnumSymbols())).isEqualTo(constants);
    }

    @Test
    void nothingInItIsForJavaAlone() {
        assertThat(RecordType.ALL).allSatisfy(type -> {
            assertThat(type.schema().toString()).doesNotContain("java");
            assertThat(Fingerprint.of(type.schema())).isEqualTo(type.fingerprint());
        });
    }

    @Test
    void everyRecordHasItsOwnNameAndSubject() {
        assertThat(RecordType.ALL).extracting(RecordType::fingerprint).doesNotHaveDuplicates();
        assertThat(RecordType.ALL)
                .extracting(RecordType::subject)
                .doesNotHaveDuplicates()
                .contains("key-events-value");
    }

    private static void collect(Schema schema, Map<String, Schema> found) {
        switch (schema.getType()) {
            case RECORD -> {
                if (found.put(schema.getFullName(), schema) == null) {
                    schema.getFields().forEach(field -> collect(field.schema(), found));
                }
            }
            case ENUM, FIXED -> found.put(schema.getFullName(), schema);
            case ARRAY -> collect(schema.getElementType(), found);
            case UNION -> schema.getTypes().forEach(branch -> collect(branch, found));
            default -> {
                // Not a named type: nothing to say.
            }
        }
    }
}
