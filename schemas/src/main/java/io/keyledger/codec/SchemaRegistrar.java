package io.keyledger.codec;

import io.keyledger.event.Topics;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers the schemas of this version, so that any Confluent deserializer reads the ledger. */
public final class SchemaRegistrar {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistrar.class);

    private final URI registry;

    /** @param registry the base of Confluent's REST API, such as {@code http://127.0.0.1:8085/apis/ccompat/v7} */
    public SchemaRegistrar(URI registry) {
        this.registry = registry;
    }

    /**
     * Registers what was recorded before, in the order of its ids, so that an empty registry gives the same ids again;
     * then the schemas of this version that are new. A registry that cannot be reached is no obstacle if the ids of
     * this version are recorded already.
     *
     * @param recorded all that stands in the topic {@link Topics#SCHEMAS}
     * @return what is new: to be written to that topic, before anything is written with it
     * @throws RegistryUnavailableException if the registry is needed and cannot be reached
     * @throws RegistryRefusedException if it gives other ids than recorded, or refuses a schema
     */
    public List<SchemaRecord> register(Collection<SchemaRecord> recorded) {
        var byFingerprint = new HashMap<Fingerprint, SchemaRecord>();
        recorded.forEach(schema -> byFingerprint.put(schema.fingerprint(), schema));
        try (var client = new RegistryClient(registry)) {
            byFingerprint.values().stream()
                    .sorted(Comparator.comparingInt(SchemaRecord::id))
                    .forEach(schema -> registerAgain(client, schema));
            var added = new ArrayList<SchemaRecord>();
            for (var type : RecordType.ALL) {
                if (!byFingerprint.containsKey(type.fingerprint())) {
                    added.add(registerNew(client, type, byFingerprint));
                }
                client.requireFullTransitive(type.subject());
            }
            return List.copyOf(added);
        } catch (RegistryUnavailableException e) {
            if (RecordType.ALL.stream().allMatch(type -> byFingerprint.containsKey(type.fingerprint()))) {
                LOG.atWarn()
                        .addKeyValue("registry", registry)
                        .log(
                                "The schema registry cannot be reached; its ids are recorded, so that nothing waits for it");
                return List.of();
            }
            throw e;
        }
    }

    private static void registerAgain(RegistryClient client, SchemaRecord schema) {
        // The recorded text, not that of this version: documentation may differ, and another text has another id.
        var id = client.register(schema.subject(), schema.schema());
        if (id != schema.id()) {
            throw otherId(client, schema.subject(), id, "the topic " + Topics.SCHEMAS + " has " + schema.id());
        }
    }

    private static SchemaRecord registerNew(
            RegistryClient client, RecordType<?> type, Map<Fingerprint, SchemaRecord> known) {
        var id = client.register(type.subject(), type.schema());
        for (var other : known.values()) {
            if (other.id() == id) {
                throw otherId(
                        client, type.subject(), id, "in the topic " + Topics.SCHEMAS + " that is " + other.subject());
            }
        }
        var added = new SchemaRecord(type.fingerprint(), id, type.subject(), type.schema());
        known.put(added.fingerprint(), added);
        return added;
    }

    private static RegistryRefusedException otherId(RegistryClient client, String subject, int id, String but) {
        return new RegistryRefusedException("The registry at " + client.url() + " gives the schema of " + subject
                + " the id " + id + ", but " + but + ". It is not the registry that this ledger began with, or it has"
                + " lost its data and took other schemas since: restore it, or let it begin empty.");
    }
}
