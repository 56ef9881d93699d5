package io.keyledger.codec;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * The schemas of this jar, of this version and of all released ones, and those learnt from the topic
 * {@link io.keyledger.event.Topics#SCHEMAS} with the registry's ids.
 */
public final class SchemaCatalog implements SchemaLookup {

    private final Map<Fingerprint, Schema> own = new ConcurrentHashMap<>();
    private final Map<Fingerprint, SchemaRecord> learnt = new ConcurrentHashMap<>();
    private final Map<Integer, Fingerprint> fingerprints = new ConcurrentHashMap<>();

    /** Knows the schemas of this jar, and no ids yet: it can read, but not write. */
    public SchemaCatalog() {
        ReleasedSchemas.ofJar().forEach(schema -> own.put(Fingerprint.of(schema), schema));
        RecordType.ALL.forEach(type -> own.put(type.fingerprint(), type.schema()));
    }

    /** Takes what one record of the topic says. */
    public void learn(SchemaRecord schema) {
        learnt.put(schema.fingerprint(), schema);
        fingerprints.put(schema.id(), schema.fingerprint());
    }

    /** All that was learnt: what {@link SchemaRegistrar#register} has to know. */
    public Collection<SchemaRecord> learnt() {
        return List.copyOf(learnt.values());
    }

    /** Whether the ids of all schemas that this version writes are known. */
    public boolean canWrite() {
        return RecordType.ALL.stream().allMatch(type -> learnt.containsKey(type.fingerprint()));
    }

    @Override
    public Optional<Schema> findSchema(Fingerprint fingerprint) {
        return Optional.ofNullable(own.get(fingerprint))
                .or(() -> Optional.ofNullable(learnt.get(fingerprint)).map(SchemaRecord::schema));
    }

    @Override
    public OptionalInt findId(Fingerprint fingerprint) {
        var schema = learnt.get(fingerprint);
        return schema == null ? OptionalInt.empty() : OptionalInt.of(schema.id());
    }

    @Override
    public Optional<Fingerprint> findFingerprint(int id) {
        return Optional.ofNullable(fingerprints.get(id));
    }
}
