package io.keyledger.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;

/** The schemas that released versions wrote with: a record of ten years ago is read without any registry. */
final class ReleasedSchemas {

    /** Lists the others, for the entries of a jar cannot be listed. */
    static final String INDEX = "index.txt";

    private static final String FOLDER = "released/";

    private ReleasedSchemas() {}

    static List<Schema> ofJar() {
        return text(INDEX)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> new Schema.Parser().parse(text(line)))
                .toList();
    }

    private static String text(String name) {
        try (InputStream in = ReleasedSchemas.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("Expected " + FOLDER + name + " in the jar of schemas.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Expected " + FOLDER + name + " in the jar of schemas.", e);
        }
    }
}
