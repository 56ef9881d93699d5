package io.keyledger.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Figures with what they were measured on, as a table and as JSON. */
final class Results {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Results() {}

    /**
     * Writes {@code name.md} and {@code name.json}.
     *
     * @param notes what was left out, and why
     */
    static void write(Path directory, String name, Map<String, String> machine, Figures figures, List<String> notes)
            throws IOException {
        Files.createDirectories(directory);
        var facts = new LinkedHashMap<>(machine);
        facts.put("load at the end", Machine.load());
        var text = new StringBuilder("# " + name + "\n\n");
        facts.forEach((fact, value) ->
                text.append("- ").append(fact).append(": ").append(value).append('\n'));
        notes.forEach(note -> text.append("- ").append(note).append('\n'));
        text.append('\n').append(figures.table());
        Files.writeString(directory.resolve(name + ".md"), text);
        var all = new LinkedHashMap<String, Object>();
        all.put("benchmark", name);
        all.put("machine", facts);
        all.put("notes", notes);
        all.put("figures", figures.all().stream().map(Results::json).toList());
        Files.writeString(directory.resolve(name + ".json"), JSON.writeValueAsString(all) + "\n");
    }

    private static Map<String, Object> json(Figures.Figure figure) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", figure.name());
        json.put("unit", figure.unit());
        json.put("median", figure.median());
        json.put("least", figure.least());
        json.put("most", figure.most());
        json.put("runs", figure.runs());
        var aim = figure.aim();
        if (aim != null) {
            json.put(aim.atMost() ? "atMost" : "atLeast", aim.value());
            json.put("met", aim.isMet(figure.median()));
        }
        return json;
    }
}
