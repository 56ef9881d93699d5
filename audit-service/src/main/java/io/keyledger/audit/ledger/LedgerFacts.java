package io.keyledger.audit.ledger;

import io.keyledger.client.LedgerConnection;
import io.keyledger.codec.Decoded;
import io.keyledger.codec.SchemaCatalog;
import io.keyledger.codec.SchemaRecord;
import io.keyledger.event.Topics;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the ledger says of itself: its id, and the schemas that its records are written with. */
public final class LedgerFacts {

    private static final Logger log = LoggerFactory.getLogger(LedgerFacts.class);

    private final LedgerTopicReader topics;
    private final SchemaCatalog schemas;

    public LedgerFacts(LedgerConnection connection, SchemaCatalog schemas) {
        this.topics = new LedgerTopicReader(connection);
        this.schemas = schemas;
    }

    /**
     * The ledger's id, from which its chains begin.
     *
     * @throws IllegalStateException if it is not there yet, or is no UUID
     */
    public UUID ledgerId() {
        var records = topics.readAll(Topics.LEDGER_ID);
        if (records.isEmpty()) {
            throw new IllegalStateException("The topic " + Topics.LEDGER_ID
                    + " is empty: key-service has not been started with this Kafka yet.");
        }
        // The first one: nobody can put another beginning to the chains by adding a record.
        return UUID.fromString(new String(records.getFirst().value(), StandardCharsets.UTF_8));
    }

    /** Learns the schemas that were registered up to now. */
    public void learnSchemas() {
        for (var record : topics.readAll(Topics.SCHEMAS)) {
            if (record.value() != null) {
                switch (SchemaRecord.read(record.key(), record.value())) {
                    case Decoded.Value<SchemaRecord>(var schema) -> schemas.learn(schema);
                    case Decoded.Unreadable<SchemaRecord>(var reason, var message) ->
                        log.atWarn()
                                .addKeyValue("offset", record.offset())
                                .addKeyValue("reason", reason)
                                .addKeyValue("detail", message)
                                .log("A record of the topic of schemas cannot be read.");
                }
            }
        }
    }
}
