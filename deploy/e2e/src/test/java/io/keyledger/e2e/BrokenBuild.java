package io.keyledger.e2e;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * Classes of the product that are broken on purpose, made from its own sources: what finds no violation here finds none
 * anywhere. The product itself has no switch for it.
 */
final class BrokenBuild {

    private static final Path HOME = Path.of(System.getProperty("keyledger.home"));

    private BrokenBuild() {}

    /**
     * One place of a source that is changed.
     *
     * @param sound stands there exactly once
     */
    record Break(String module, String type, String sound, String broken) {

        private Path source() {
            return HOME.resolve(module).resolve("src/main/java").resolve(type.replace('.', '/') + ".java");
        }

        private Path write(Path directory) throws IOException {
            var text = Files.readString(source());
            if (text.split(Pattern.quote(sound), -1).length != 2) {
                throw new IllegalStateException("Expected once in " + source() + ": " + sound);
            }
            var file = directory.resolve(source().getFileName());
            return Files.writeString(file, text.replace(sound, broken));
        }
    }

    /** A new directory with the broken classes. */
    static Path compile(Path directory, Collection<Break> breaks) {
        try {
            var sources = Files.createTempDirectory(directory, "broken-sources-");
            var classes = Files.createTempDirectory(directory, "broken-classes-");
            var path = String.join(
                    File.pathSeparator,
                    HOME.resolve("schemas/target/classes").toString(),
                    HOME.resolve("ingest-service/target/classes").toString(),
                    HOME.resolve("key-service/target/classes").toString(),
                    System.getProperty("java.class.path"));
            var arguments = new ArrayList<>(
                    List.of("-proc:none", "-nowarn", "-parameters", "-d", classes.toString(), "-cp", path));
            for (var one : breaks) {
                arguments.add(one.write(sources).toString());
            }
            var said = new ByteArrayOutputStream();
            int result = ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new));
            if (result != 0) {
                throw new IllegalStateException(
                        "Expected the broken build to compile: " + said.toString(StandardCharsets.UTF_8));
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
