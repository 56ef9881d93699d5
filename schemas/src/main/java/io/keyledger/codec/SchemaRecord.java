package io.keyledger.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keyledger.codec.Decoded.Reason;
import io.keyledger.codec.Decoded.Unreadable;
import io.keyledger.codec.Decoded.Value;
import java.io.IOException;
import org.apache.avro.Schema;

/**
 * A record of the compacted topic {@link io.keyledger.event.Topics#SCHEMAS}. Its key is the fingerprint (32 bytes), its value JSON in UTF-8:
 * {@code {"id": 7, "subject": "key-events-value", "schema": "…"}}, the schema as text, as registries have it.
 *
 * @param id the registry's id
 */
public record SchemaRecord(Fingerprint fingerprint, int id, String subject, Schema schema) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The record's key. */
    public byte[] key() {
        return fingerprint.toBytes();
    }

    /** The record's value. */
    public byte[] value() {
        var json = JSON.createObjectNode().put("id", id).put("subject", subject).put("schema", schema.toString());
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of texts and numbers is JSON.", e);
        }
    }

    /** Reads a record; one whose schema is not that of its key is unreadable. */
    public static Decoded<SchemaRecord> read(byte[] key, byte[] value) {
        try {
            var json = JSON.readTree(value);
            var schema = new Schema.Parser().parse(json.required("schema").textValue());
            var fingerprint = Fingerprint.of(schema);
            if (!fingerprint.matches(key)) {
                return unreadable("its schema has the fingerprint " + fingerprint + ", which is not its key");
            }
            return new Value<>(new SchemaRecord(
                    fingerprint,
                    json.required("id").intValue(),
                    json.required("subject").textValue(),
                    schema));
        } catch (IOException | RuntimeException e) {
            return unreadable(e.getClass().getSimpleName());
        }
    }

    private static Decoded<SchemaRecord> unreadable(String why) {
        return new Unreadable<>(Reason.MALFORMED, "A record of schemas cannot be read: " + why + ".");
    }
}
