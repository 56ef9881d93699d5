package io.keyledger.codec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidatorBuilder;
import org.jspecify.annotations.Nullable;

/** The build's step that keeps the schemas FULL_TRANSITIVE: each released version reads today's, and is read by it. */
final class Compatibility {

    private Compatibility() {}

    /**
     * What of today's schemas breaks a released version.
     *
     * @param released a folder with a folder for each version, with {@code <topic>.avsc} in it
     * @param today the schemas by topic
     * @return a sentence for each; empty if all is well
     */
    static List<String> problems(Path released, Map<String, Schema> today) throws IOException {
        try (var files = Files.walk(released)) {
            var problems = new ArrayList<String>();
            for (var file :
                    files.filter(f -> f.toString().endsWith(".avsc")).sorted().toList()) {
                var topic = file.getFileName().toString().replace(".avsc", "");
                var current = today.get(topic);
                var old = new Schema.Parser().parse(Files.readString(file));
                var problem = current == null ? "it is gone" : problem(old, current);
                if (problem != null) {
                    problems.add(released.relativize(file) + " is not fully compatible with today's " + topic + ": "
                            + problem);
                }
            }
            return problems;
        }
    }

    private static @Nullable String problem(Schema old, Schema current) {
        try {
            new SchemaValidatorBuilder().mutualReadStrategy().validateAll().validate(current, List.of(old));
        } catch (SchemaValidationException e) {
            return e.getMessage();
        }
        // Avro does not look at these, and microseconds read as milliseconds are no less wrong.
        var before = meanings(old);
        for (var now : meanings(current).entrySet()) {
            if (before.containsKey(now.getKey()) && !Objects.equals(before.get(now.getKey()), now.getValue())) {
                return now.getKey() + " was " + before.get(now.getKey()) + " and is " + now.getValue();
            }
        }
        return null;
    }

    private static Map<String, String> meanings(Schema schema) {
        var found = new TreeMap<String, String>();
        collect(schema, "", found);
        return found;
    }

    private static void collect(Schema schema, String path, Map<String, String> found) {
        switch (schema.getType()) {
            case RECORD -> {
                found.put(path, schema.getFullName());
                schema.getFields().forEach(f -> collect(f.schema(), path + "/" + f.name(), found));
            }
            case ENUM, FIXED -> found.put(path, schema.getFullName());
            case ARRAY -> collect(schema.getElementType(), path + "[]", found);
            case UNION ->
                schema.getTypes().stream()
                        .filter(branch -> branch.getType() != Schema.Type.NULL)
                        .forEach(branch -> collect(branch, path, found));
            default -> found.put(path, schema.getType().getName() + " " + schema.getProp("logicalType"));
        }
    }
}
