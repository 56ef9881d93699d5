package io.keyledger.key.ledger.streams;

import io.keyledger.codec.Decoded;
import io.keyledger.codec.RegistryRefusedException;
import io.keyledger.codec.SchemaCatalog;
import io.keyledger.codec.SchemaRecord;
import io.keyledger.codec.SchemaRegistrar;
import io.keyledger.event.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a ledger is before its first event: its id, and the ids of the schemas that it writes with. */
final class LedgerIdentity {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerIdentity.class);
    private static final Bytes ID_KEY = Bytes.wrap(Topics.LEDGER_ID.getBytes(StandardCharsets.UTF_8));

    private final KafkaProperties kafka;
    private final SchemaRegistrar registrar;

    LedgerIdentity(KafkaProperties kafka, SchemaRegistrar registrar) {
        this.kafka = kafka;
        this.registrar = registrar;
    }

    /**
     * The ledger's id; made at the very first start. Of two instances that start at once both write one, and both take
     * the first: the topic is never compacted.
     *
     * @throws ExecutionException if Kafka refuses
     */
    UUID requireLedgerId() throws InterruptedException, ExecutionException {
        var topic = new WholeTopic(kafka, Topics.LEDGER_ID, 1);
        var id = findId(topic);
        if (id.isEmpty()) {
            topic.append(Map.of(ID_KEY, UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8)));
            id = findId(topic);
        }
        return id.orElseThrow(() -> new LedgerRefusesException("Expected the ledger's id in topic " + Topics.LEDGER_ID
                + ", but it is still empty after writing one."));
    }

    /**
     * The id of a ledger that has been started before.
     *
     * @throws LedgerRefusesException if there is none
     */
    static UUID requireRecorded(KafkaProperties kafka) {
        return findId(new WholeTopic(kafka, Topics.LEDGER_ID, 1))
                .orElseThrow(() -> new LedgerRefusesException("Expected the ledger's id in topic " + Topics.LEDGER_ID
                        + ", but it is empty: there is no ledger."));
    }

    /** Learns the ids of the schemas that are recorded. */
    static void learnSchemas(KafkaProperties kafka, SchemaCatalog catalog) {
        new WholeTopic(kafka, Topics.SCHEMAS, 1).read(record -> read(record).ifPresent(catalog::learn));
    }

    /**
     * Registers the schemas and learns all ids.
     *
     * @throws io.keyledger.codec.RegistryUnavailableException if the registry is needed and away
     * @throws LedgerRefusesException if the registry gives other ids than this ledger began with
     * @throws ExecutionException if Kafka refuses
     */
    void registerSchemas(SchemaCatalog catalog) throws InterruptedException, ExecutionException {
        var topic = new WholeTopic(kafka, Topics.SCHEMAS, 1);
        var recorded = new ArrayList<SchemaRecord>();
        topic.read(record -> read(record).ifPresent(recorded::add));
        try {
            var added = registrar.register(recorded);
            var records = new LinkedHashMap<Bytes, byte[]>();
            added.forEach(schema -> records.put(Bytes.wrap(schema.key()), schema.value()));
            topic.append(records);
            recorded.forEach(catalog::learn);
            added.forEach(catalog::learn);
        } catch (RegistryRefusedException e) {
            throw new LedgerRefusesException("" + e.getMessage(), e);
        }
    }

    private static Optional<UUID> findId(WholeTopic topic) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        topic.read(records::add);
        if (records.isEmpty()) {
            return Optional.empty();
        }
        var text = new String(records.getFirst().value(), StandardCharsets.UTF_8);
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw new LedgerRefusesException(
                    "Expected a UUID as the first record of topic " + Topics.LEDGER_ID + ", but it is not one.", e);
        }
    }

    private static Optional<SchemaRecord> read(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || record.value() == null) {
            return Optional.empty();
        }
        return switch (SchemaRecord.read(record.key(), record.value())) {
            case Decoded.Value<SchemaRecord>(var schema) -> Optional.of(schema);
            case Decoded.Unreadable<SchemaRecord>(var _, var message) -> {
                LOG.atWarn().addKeyValue("offset", record.offset()).log("{}", message);
                yield Optional.empty();
            }
        };
    }
}
