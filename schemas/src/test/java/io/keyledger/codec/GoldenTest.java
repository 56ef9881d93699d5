package io.keyledger.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.codec.Goldens.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was written once can be read for ever. {@code -Dgolden.write} writes {@code golden/next} anew,
 * {@code -Dgolden.declare=1.0.0} declares a version (README.md).
 */
class GoldenTest {

    private static final LedgerCodec CODEC = new LedgerCodec(EncodedSamples.catalog());

    @BeforeAll
    static void writeIfAsked() {
        if (System.getProperty("golden.write") != null) {
            Goldens.write(Goldens.FOLDER, Goldens.NEXT, CODEC);
        }
        var declared = System.getProperty("golden.declare");
        if (declared != null) {
            Goldens.declare(declared, Goldens.RELEASED, Goldens.FOLDER, CODEC);
        }
    }

    static Stream<Golden> goldens() {
        return Goldens.versions(Goldens.FOLDER).stream()
                .flatMap(version -> Goldens.read(Goldens.FOLDER, version).stream());
    }

    @Test
    void theSamplesAreWrittenAsTheGoldenFilesSay() {
        var written = EncodedSamples.all()
                .map(sample -> HexFormat.of().formatHex(sample.encode(CODEC).value()))
                .toList();

        assertThat(Goldens.read(Goldens.FOLDER, Goldens.NEXT))
                .extracting(Golden::hex)
                .containsExactlyElementsOf(written);
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void readsEveryGoldenValueAndLosesNothing(Golden golden) throws IOException {
        var written = schema(golden, Goldens.RELEASED);

        assertReadWhole(golden, written);
    }

    @Test
    void declaresAVersion(@TempDir Path dir) throws IOException {
        Files.writeString(dir.resolve(ReleasedSchemas.INDEX), "# none\n");

        Goldens.declare("0.9.0", dir, dir.resolve("golden"), CODEC);

        assertThat(Goldens.versions(dir.resolve("golden"))).containsExactly("0.9.0");
        assertThat(Files.readAllLines(dir.resolve(ReleasedSchemas.INDEX)))
                .hasSize(1 + RecordType.ALL.size())
                .contains("0.9.0/key-events.avsc");
        for (var golden : Goldens.read(dir.resolve("golden"), "0.9.0")) {
            assertReadWhole(golden, schema(golden, dir));
        }
    }

    @Test
    void theIndexNamesAllReleasedSchemas() throws IOException {
        try (var files = Files.walk(Goldens.RELEASED)) {
            var present = files.filter(file -> file.toString().endsWith(".avsc"))
                    .map(file -> Goldens.RELEASED.relativize(file).toString())
                    .toList();
            var named = Files.readAllLines(Goldens.RELEASED.resolve(ReleasedSchemas.INDEX)).stream()
                    .filter(line -> !line.startsWith("#"))
                    .toList();

            assertThat(named).containsExactlyInAnyOrderElementsOf(present);
        }
    }

    private static Schema schema(Golden golden, Path released) throws IOException {
        return golden.version().equals(Goldens.NEXT)
                ? golden.type().schema()
                : new Schema.Parser()
                        .parse(Files.readString(released.resolve(golden.version())
                                .resolve(golden.type().topic() + ".avsc")));
    }

    /** Decoded and encoded again, it has all that its writer knew. */
    private static void assertReadWhole(Golden golden, Schema written) throws IOException {
        assertThat(readAgain(golden.type(), golden.value(), written))
                .isEqualTo(generic(golden.value(), written, written));
    }

    private static <T> Object readAgain(RecordType<T> type, byte[] value, Schema written) throws IOException {
        var fingerprint = Fingerprint.of(written).toBytes();
        var catalog = EncodedSamples.catalog();
        catalog.learn(new SchemaRecord(Fingerprint.of(written), 1000, type.subject(), written));
        var codec = new LedgerCodec(catalog);
        var again = codec.encode(type, codec.decode(type, value, fingerprint).orThrow());
        return generic(again.value(), type.schema(), written);
    }

    private static Object generic(byte[] value, Schema written, Schema wanted) throws IOException {
        var decoder = DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null);
        return new GenericDatumReader<>(written, wanted).read(null, decoder);
    }
}
