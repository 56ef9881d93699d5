package io.keyledger.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.keyledger.codec.EncodedSamples.Sample;
import io.keyledger.local.LocalRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real registry, and a deserializer that is not ours. */
class ApicurioIT {

    private static final String INCOMPATIBLE = "\"fields\":[{\"name\":\"tenant\",\"type\":\"string\"},";

    @TempDir
    private static Path dir;

    private static LocalRegistry registry;
    private static List<SchemaRecord> registered;

    @BeforeAll
    static void register() throws Exception {
        registry = LocalRegistry.start(dir);
        requireNothingOfNewSubjects();
        registered = new SchemaRegistrar(URI.create(registry.url())).register(List.of());
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Test
    void readsEverySampleAsOurCodecDoes() throws IOException {
        var catalog = new SchemaCatalog();
        registered.forEach(catalog::learn);
        var codec = new LedgerCodec(catalog);
        var native3 = "http://127.0.0.1:" + registry.settings().port() + "/apis/registry/v3";
        try (var theirs = new AvroKafkaDeserializer<GenericRecord>()) {
            theirs.configure(Map.of("apicurio.registry.url", native3), false);
            for (var sample : EncodedSamples.all().toList()) {
                assertReadAlike(sample, codec, theirs);
            }
        }
    }

    @Test
    void keepsEverySubjectFullyCompatible() {
        var url = URI.create(registry.url());
        try (var client = new RegistryClient(url)) {
            for (var type : RecordType.ALL) {
                var other = new Schema.Parser().parse(type.schema().toString().replace("\"fields\":[", INCOMPATIBLE));

                assertThatThrownBy(() -> client.register(type.subject(), other))
                        .isInstanceOf(RegistryRefusedException.class)
                        .hasMessageContaining("409");
            }
        }
    }

    @Test
    void aRegistryThatLostItsDataGivesTheSameIds(@TempDir Path empty) {
        try (var other = LocalRegistry.start(empty)) {
            assertThat(new SchemaRegistrar(URI.create(other.url())).register(registered))
                    .isEmpty();
        }
    }

    @Test
    void registersAgainWithTheSameIds() {
        assertThat(new SchemaRegistrar(URI.create(registry.url())).register(registered))
                .isEmpty();
        assertThat(registered).extracting(SchemaRecord::id).doesNotHaveDuplicates();
    }

    /** So that what is refused is refused by what the registrar asked for. */
    private static void requireNothingOfNewSubjects() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(registry.url() + "/config"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"compatibility\":\"NONE\"}"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
    }

    private static <T> void assertReadAlike(
            Sample<T> sample, LedgerCodec codec, AvroKafkaDeserializer<GenericRecord> theirs) throws IOException {
        var encoded = sample.encode(codec);
        var read = theirs.deserialize(sample.type().topic(), encoded.value());
        var body = encoded.body();
        var expected = new GenericDatumReader<GenericRecord>(sample.type().schema())
                .read(null, DecoderFactory.get().binaryDecoder(body, null));

        assertThat(read).as(sample.name()).isEqualTo(expected);
        assertThat(codec.decode(
                                sample.type(),
                                encoded.value(),
                                encoded.fingerprint().toBytes())
                        .orThrow())
                .isEqualTo(sample.value());
    }
}
