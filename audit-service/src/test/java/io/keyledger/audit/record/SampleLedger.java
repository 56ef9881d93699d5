package io.keyledger.audit.record;

import io.keyledger.audit.chain.Bytes;
import io.keyledger.audit.chain.Evidence;
import io.keyledger.codec.Chain;
import io.keyledger.codec.Decoded;
import io.keyledger.codec.EncodedSamples;
import io.keyledger.codec.Fingerprint;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.RecordType;
import io.keyledger.event.Actor;
import io.keyledger.event.EventId;
import io.keyledger.event.Ids;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Samples;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes events as the ledger does: numbered, chained, encoded; one offset each. */
public final class SampleLedger {

    public static final UUID LEDGER_ID = UUID.fromString("0197f0c2-00aa-7000-8000-0000000000aa");
    public static final LedgerCodec CODEC = new LedgerCodec(EncodedSamples.catalog());
    private static final Actor OWNER = new Actor(Actor.Kind.USER, Samples.OWNER, Samples.TOKEN, Samples.SEALED_ADDRESS);

    private final Map<Integer, Long> revisions = new HashMap<>();
    private final Map<Integer, byte[]> chains = new HashMap<>();
    private final Map<OrganizationId, Long> organizations = new HashMap<>();

    /** The next event of the partition, by the Owner of the organization. */
    public Evidence write(int partition, OrganizationId organization, KeyEvent payload) {
        return chain(partition, next(partition, organization, payload));
    }

    /** Numbers the next event of the partition. */
    LedgerEvent next(int partition, OrganizationId organization, KeyEvent payload) {
        return next(partition, organization, payload, null);
    }

    /** The same, at another time than its turn has. */
    LedgerEvent next(int partition, OrganizationId organization, KeyEvent payload, @Nullable Instant at) {
        long revision = revisions.merge(partition, 1L, Long::sum);
        long organizationRevision = organizations.merge(organization, 1L, Long::sum);
        return new LedgerEvent(
                new EventId(Ids.uuidV7(Samples.AT.toEpochMilli() + revision, partition, revision)),
                organization,
                organizationRevision,
                revision,
                at == null ? Samples.AT.plusMillis(revision) : at,
                Samples.COMMAND,
                OWNER,
                payload);
    }

    /** Chains and encodes an event as it is. */
    Evidence chain(int partition, LedgerEvent event) {
        var encoded = CODEC.encode(RecordType.KEY_EVENTS, event);
        return chain(partition, event, encoded.value(), encoded.fingerprint());
    }

    /** Chains an event that is encoded already. */
    Evidence chain(int partition, LedgerEvent event, byte[] value, Fingerprint fingerprint) {
        var key = event.organizationId().toString().getBytes(StandardCharsets.UTF_8);
        var leaf = Chain.leafOfValue(fingerprint, key, event.revision(), value);
        var chain = Chain.next(chains.computeIfAbsent(partition, p -> Chain.genesis(LEDGER_ID, p)), leaf);
        chains.put(partition, chain);
        return new Evidence(
                partition,
                event.revision() - 1,
                Framing.schemaId(value),
                Bytes.of(fingerprint.toBytes()),
                Bytes.of(key),
                event.revision(),
                Framing.body(value),
                Bytes.of(leaf),
                Bytes.of(chain));
    }

    /** The next event of the partition, written with a schema that nobody knows. */
    public Evidence writeUnreadable(int partition, OrganizationId organization) {
        var event = next(partition, organization, new KeyEvent.UserEnabled(Samples.OWNER));
        var value = CODEC.encode(RecordType.KEY_EVENTS, event).value();
        return chain(partition, event, value, Fingerprint.ofBytes(new byte[Fingerprint.BYTES]));
    }

    /** Every sample payload, in one partition, of one organization. */
    public List<Evidence> writeSamples(int partition, OrganizationId organization) {
        var events = new ArrayList<Evidence>();
        Samples.payloads().forEach(payload -> events.add(write(partition, organization, payload)));
        return events;
    }

    /** Reads as the service does. */
    public static EventMapping mapping() {
        return new EventMapping(SampleLedger::read);
    }

    /** The value of the Kafka record. */
    public static byte[] value(Evidence evidence) {
        return Framing.frame(evidence.schemaId(), evidence.body()).toArray();
    }

    static Decoded<LedgerEvent> read(Evidence evidence) {
        return CODEC.decode(
                RecordType.KEY_EVENTS, value(evidence), evidence.fingerprint().toArray());
    }

    static Arrival arrival(Evidence evidence) {
        return new Arrival.Placeable(evidence, null);
    }
}
