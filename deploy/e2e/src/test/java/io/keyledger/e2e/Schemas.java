package io.keyledger.e2e;

import io.keyledger.codec.SchemaCatalog;
import io.keyledger.codec.SchemaRecord;
import io.keyledger.event.Topics;

/** The schemas as the topic has them. */
final class Schemas {
    private Schemas() {}

    static SchemaCatalog of(Suite suite) {
        var catalog = new SchemaCatalog();
        for (var record : KafkaLog.readAll(suite.broker.bootstrapServers(), Topics.SCHEMAS)) {
            catalog.learn(SchemaRecord.read(record.key(), record.value()).orThrow());
        }
        return catalog;
    }
}
