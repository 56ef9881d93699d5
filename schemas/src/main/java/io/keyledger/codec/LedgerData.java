package io.keyledger.codec;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Conversions.UUIDConversion;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions.TimestampMicrosConversion;
import org.apache.avro.specific.SpecificData;

/**
 * Finds the generated class of a schema among ours alone. Avro's own look-up takes the name from the schema, therefore
 * it refuses all classes but those that a property of the whole process trusts; here no name from outside is ever loaded.
 */
final class LedgerData extends SpecificData {

    private static final String NAMESPACE = "io.keyledger.avro";

    private final Map<String, Class<?>> classes = new ConcurrentHashMap<>();

    LedgerData() {
        super(LedgerData.class.getClassLoader());
        addLogicalTypeConversion(new UUIDConversion());
        addLogicalTypeConversion(new TimestampMicrosConversion());
    }

    /** Trusts the named types of a schema of this jar. */
    void trust(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> {
                if (trustName(schema)) {
                    schema.getFields().forEach(field -> trust(field.schema()));
                }
            }
            case ENUM, FIXED -> trustName(schema);
            case ARRAY -> trust(schema.getElementType());
            case MAP -> trust(schema.getValueType());
            case UNION -> schema.getTypes().forEach(this::trust);
            default -> {
                // Not a named type: nothing to load.
            }
        }
    }

    private boolean trustName(Schema schema) {
        if (!NAMESPACE.equals(schema.getNamespace())) {
            throw new IllegalStateException("Expected a type of " + NAMESPACE + ", but got " + schema.getFullName());
        }
        try {
            return classes.put(schema.getFullName(), Class.forName(schema.getFullName())) == null;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("No class was generated for " + schema.getFullName(), e);
        }
    }

    @Override
    public Class<?> getClass(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> {
                var found = classes.get(schema.getFullName());
                if (found == null) {
                    throw new IllegalStateException("Not a type of the ledger: " + schema.getFullName());
                }
                yield found;
            }
            default -> super.getClass(schema);
        };
    }
}
