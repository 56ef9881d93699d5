package io.keyledger.codec;

import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/** The schemas that are known, and the ids that the registry gave them. Safe for use by many threads. */
public interface SchemaLookup {

    /** The schema of that fingerprint. */
    Optional<Schema> findSchema(Fingerprint fingerprint);

    /** The registry's id of that schema. */
    OptionalInt findId(Fingerprint fingerprint);

    /** The fingerprint of the schema with that id. */
    Optional<Fingerprint> findFingerprint(int id);
}
