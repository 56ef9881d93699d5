package io.keyledger.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;

/** The schema as others see it: without what the Java classes add for themselves. */
final class PlainSchema {

    private static final String JAVA_STRING = "avro.java.string";

    private PlainSchema() {}

    static Schema of(Schema generated) {
        try {
            var json = JsonMapper.builder().build().readTree(generated.toString());
            strip(json);
            return new Schema.Parser().parse(json.toString());
        } catch (java.io.IOException e) {
            throw new IllegalStateException("Avro wrote a schema that is not JSON.", e);
        }
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(JAVA_STRING);
        }
        node.forEach(PlainSchema::strip);
    }
}
