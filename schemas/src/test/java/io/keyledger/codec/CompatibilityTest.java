package io.keyledger.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityTest {

    @TempDir
    private Path released;

    private final Map<String, Schema> today = new HashMap<>();

    @BeforeEach
    void takeTodaysSchemas() {
        RecordType.ALL.forEach(type -> today.put(type.topic(), type.schema()));
    }

    /** The step itself: it fails the build. */
    @Test
    void todaysSchemasAreCompatibleWithEveryReleasedVersion() throws IOException {
        assertThat(Compatibility.problems(Goldens.RELEASED, today)).isEmpty();
    }

    @Test
    void passesWhatHasNotChanged() throws IOException {
        for (var type : RecordType.ALL) {
            release("1.0.0", type, type.schema().toString());
        }

        assertThat(Compatibility.problems(released, today)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # what is changed today                      | where (a regular expression)              | into
            a field is gone, and it had no default       | \\{"name":"host","type":"string"[^}]*},    | ``
            a field is new, and it has no default        | "fields":\\[                               | "fields":[{"name":"tenant","type":"string"},
            a field has another type                     | "name":"revision","type":"long"           | "name":"revision","type":"string"
            a field has another name                     | "name":"systemId"                         | "name":"system"
            the record has another name                  | "name":"HostToSystemRow"                  | "name":"HostRow"
            """)
    void failsOnAPlantedIncompatibleChange(String what, String where, String into) throws IOException {
        var type = RecordType.HOST_TO_SYSTEM;
        release("1.0.0", type, type.schema().toString());
        today.put(type.topic(), changed(type, where, into));

        assertThat(Compatibility.problems(released, today))
                .as(what)
                .singleElement()
                .asString()
                .contains("1.0.0/host-to-system.avsc");
    }

    @Test
    void failsOnAVersionBeforeTheLast() throws IOException {
        var type = RecordType.HOST_TO_SYSTEM;
        var text = type.schema().toString();
        release("1.0.0", type, text.replace("\"fields\":[", "\"fields\":[{\"name\":\"tenant\",\"type\":\"string\"},"));
        release("1.1.0", type, text);

        assertThat(Compatibility.problems(released, today))
                .singleElement()
                .asString()
                .contains("1.0.0");
    }

    @Test
    void failsOnAnotherLogicalType() throws IOException {
        var type = RecordType.KEY_STATE;
        release("1.0.0", type, type.schema().toString().replace("timestamp-micros", "timestamp-millis"));

        assertThat(Compatibility.problems(released, today))
                .singleElement()
                .asString()
                .contains("createdAt");
    }

    @Test
    void failsOnATopicThatIsGone() throws IOException {
        release("1.0.0", RecordType.KEY_USAGE, RecordType.KEY_USAGE.schema().toString());
        today.remove(RecordType.KEY_USAGE.topic());

        assertThat(Compatibility.problems(released, today)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # what is changed today         | where (a regular expression)         | into
            a nullable field is new         | "fields":\\[                          | "fields":[{"name":"note","type":["null","string"],"default":null},
            a symbol is new                 | "symbols":\\["UNKNOWN","GLOBAL"       | "symbols":["UNKNOWN","PIPELINE","GLOBAL"
            the documentation says more     | "doc":"What the key is for."         | "doc":"What the key is for, and more."
            """)
    void passesAPlantedCompatibleChange(String what, String where, String into) throws IOException {
        var type = RecordType.KEY_STATE;
        release("1.0.0", type, type.schema().toString());
        today.put(type.topic(), changed(type, where, into));

        assertThat(Compatibility.problems(released, today)).as(what).isEmpty();
    }

    private static Schema changed(RecordType<?> type, String where, String into) {
        var before = type.schema().toString();
        var after = before.replaceFirst(where, into);
        assertThat(after).as("the change was made").isNotEqualTo(before);
        return new Schema.Parser().parse(after);
    }

    private void release(String version, RecordType<?> type, String schema) throws IOException {
        Files.createDirectories(released.resolve(version));
        Files.writeString(released.resolve(version).resolve(type.topic() + ".avsc"), schema);
    }
}
