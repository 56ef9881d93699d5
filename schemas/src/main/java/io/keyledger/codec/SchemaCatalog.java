package io.keyledger.codec;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** The schemas of this jar, and those learnt from the topic {@link io.keyledger.event.Topics#SCHEMAS} with the registry's ids. */
public final class SchemaCatalog implements SchemaLookup {

    private final Map<Fingerprint, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<Fingerprint, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, Fingerprint> fingerprints = new ConcurrentHashMap<>();

    /** Knows the schemas of this jar, and no ids yet: it can read, but not write. */
    public SchemaCatalog() {
        ReleasedSchemas.ofJar().forEach(schema -> schemas.put(Fingerprint.of(schema), schema));
        RecordType.ALL.forEach(type -> schemas.put(type.fingerprint(), type.schema()));
    }

    /** Takes what one record of the topic {@link io.keyledger.event.Topics#SCHEMAS} says. */
    public void learn(SchemaRecord schema) {
        schemas.putIfAbsent(schema.fingerprint(), schema.schema());
        ids.put(schema.fingerprint(), schema.id());
        fingerprints.put(schema.id(), schema.fingerprint());
    }

    /** Whether the ids of all schemas that this version writes are known. */
    public boolean canWrite() {
        return RecordType.ALL.stream().allMatch(type -> ids.containsKey(type.fingerprint()));
    }

    @Override
    public Optional<Schema> findSchema(Fingerprint fingerprint) {
        return Optional.ofNullable(schemas.get(fingerprint));
    }

    @Override
    public OptionalInt findId(Fingerprint fingerprint) {
        var id = ids.get(fingerprint);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    @Override
    public Optional<Fingerprint> findFingerprint(int id) {
        return Optional.ofNullable(fingerprints.get(id));
    }
}
