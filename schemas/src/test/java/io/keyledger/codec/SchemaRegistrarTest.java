package io.keyledger.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaRegistrarTest {

    @Test
    void registersAllAndSetsTheirCompatibility() throws IOException {
        try (var registry = new FakeRegistry(1)) {
            var added = new SchemaRegistrar(registry.url()).register(List.of());

            assertThat(added).extracting(SchemaRecord::id).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
            assertThat(added)
                    .extracting(SchemaRecord::fingerprint)
                    .containsExactlyElementsOf(
                            RecordType.ALL.stream().map(RecordType::fingerprint).toList());
            assertThat(registry.configured()).hasSize(11).contains("key-state-value FULL_TRANSITIVE");
        }
    }

    @Test
    void aSecondTimeNothingIsNew() throws IOException {
        try (var registry = new FakeRegistry(1)) {
            var recorded = new SchemaRegistrar(registry.url()).register(List.of());

            assertThat(new SchemaRegistrar(registry.url()).register(recorded)).isEmpty();
        }
    }

    @Test
    void aRegistryThatLostItsDataGivesTheSameIdsAgain() throws IOException {
        List<SchemaRecord> recorded;
        try (var registry = new FakeRegistry(1)) {
            recorded = new SchemaRegistrar(registry.url()).register(List.of());
        }
        try (var empty = new FakeRegistry(1)) {
            assertThat(new SchemaRegistrar(empty.url()).register(recorded.reversed()))
                    .isEmpty();
        }
    }

    @Test
    void refusesARegistryWithOtherIds() throws IOException {
        List<SchemaRecord> recorded;
        try (var registry = new FakeRegistry(1)) {
            recorded = new SchemaRegistrar(registry.url()).register(List.of());
        }
        try (var other = new FakeRegistry(40)) {
            var registrar = new SchemaRegistrar(other.url());

            assertThatThrownBy(() -> registrar.register(recorded))
                    .isInstanceOf(RegistryRefusedException.class)
                    .hasMessageContaining("key-events-value the id 40")
                    .hasMessageContaining("has 1.")
                    .hasMessageContaining("restore it");
        }
    }

    @Test
    void refusesAnIdThatIsRecordedForAnother() throws IOException {
        try (var registry = new FakeRegistry(1)) {
            var schema = new Schema.Parser().parse("{\"type\":\"fixed\",\"name\":\"Old\",\"size\":1}");
            // Recorded as 2, which this registry gives to the second that it sees.
            var first = new SchemaRegistrar(registry.url()).register(List.of()).getFirst();
            var recorded = List.of(first, new SchemaRecord(Fingerprint.of(schema), 2, "old-value", schema));
            var registrar = new SchemaRegistrar(registry.url());

            assertThatThrownBy(() -> registrar.register(recorded))
                    .isInstanceOf(RegistryRefusedException.class)
                    .hasMessageContaining("old-value");
        }
    }

    @Test
    void aRegistryThatIsAwayIsAnObstacleOnlyIfIdsAreMissing() throws IOException {
        URI away;
        List<SchemaRecord> recorded;
        try (var registry = new FakeRegistry(1)) {
            away = registry.url();
            recorded = new SchemaRegistrar(away).register(List.of());
        }
        var registrar = new SchemaRegistrar(away);

        assertThat(registrar.register(recorded)).isEmpty();
        assertThatThrownBy(() -> registrar.register(recorded.subList(0, 10)))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining(away.getAuthority());
    }

    @Test
    void tellsARefusalFromATrouble() throws IOException {
        try (var registry = new FakeRegistry(1)) {
            var registrar = new SchemaRegistrar(registry.url());
            registry.answerAlways(409);
            assertThatThrownBy(() -> registrar.register(List.of()))
                    .isInstanceOf(RegistryRefusedException.class)
                    .hasMessageContaining("409");
            registry.answerAlways(503);
            assertThatThrownBy(() -> registrar.register(List.of()))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("503");
        }
    }
}
