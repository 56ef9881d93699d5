package io.keyledger.codec;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keyledger.codec.EncodedSamples.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The golden files: {@code golden/next/} for the version in development, {@code golden/<version>/} for a released one; a
 * file for each topic, a line for each sample, its value in hexadecimal digits.
 */
final class Goldens {

    static final Path FOLDER = Path.of("src/test/resources/golden");
    static final Path RELEASED = Path.of("src/main/released");
    static final String NEXT = "next";

    private Goldens() {}

    /** One line of one file. */
    record Golden(RecordType<?> type, String version, int number, String hex) {

        byte[] value() {
            return HexFormat.of().parseHex(hex);
        }

        @Override
        public String toString() {
            return version + "/" + type.topic() + "-" + number;
        }
    }

    static List<Golden> read(Path folder, String version) {
        var goldens = new ArrayList<Golden>();
        for (var type : RecordType.ALL) {
            var file = folder.resolve(version).resolve(type.topic() + ".hex");
            if (Files.exists(file)) {
                var lines = lines(file);
                for (int number = 0; number < lines.size(); number++) {
                    goldens.add(new Golden(type, version, number, lines.get(number)));
                }
            }
        }
        return goldens;
    }

    static void write(Path folder, String version, LedgerCodec codec) {
        var files = EncodedSamples.all()
                .collect(Collectors.groupingBy(
                        sample -> sample.type().topic(), Collectors.mapping(s -> hex(s, codec), Collectors.joining())));
        try {
            Files.createDirectories(folder.resolve(version));
            for (var file : files.entrySet()) {
                Files.writeString(folder.resolve(version).resolve(file.getKey() + ".hex"), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the folders, such as {@code next} and {@code 1.0.0}. */
    static List<String> versions(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Declares the schemas of today as those of a released version. */
    static void declare(String version, Path released, Path goldens, LedgerCodec codec) {
        write(goldens, version, codec);
        try {
            Files.createDirectories(released.resolve(version));
            var index = new StringBuilder(Files.readString(released.resolve(ReleasedSchemas.INDEX)));
            for (var type : RecordType.ALL) {
                var name = version + "/" + type.topic() + ".avsc";
                Files.writeString(released.resolve(name), pretty(type) + "\n");
                index.append(name).append('\n');
            }
            Files.writeString(released.resolve(ReleasedSchemas.INDEX), index);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pretty(RecordType<?> type) throws IOException {
        return JsonMapper.builder().build().readTree(type.schema().toString()).toPrettyString();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hex(Sample<?> sample, LedgerCodec codec) {
        return HexFormat.of().formatHex(sample.encode(codec).value()) + "\n";
    }
}
