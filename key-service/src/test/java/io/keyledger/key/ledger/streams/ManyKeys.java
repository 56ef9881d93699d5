package io.keyledger.key.ledger.streams;

import io.keyledger.event.Actor;
import io.keyledger.event.CommandId;
import io.keyledger.event.EventId;
import io.keyledger.event.Ids;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyId;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyRef;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.Permission;
import io.keyledger.event.SecretHash;
import io.keyledger.event.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;

/** The events of a large ledger, as it would have written them one by one; a rebuild makes tables and stores of them. */
final class ManyKeys {

    private static final int KEYS_EACH = 1_000;
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Actor OPERATOR = new Actor(Actor.Kind.OPERATOR, null, null, null);

    private final KafkaProperties kafka;
    private final Random random = new Random(1);
    private final RecordEncoder encoder = new RecordEncoder(TestLedger.codec());
    private final List<PartitionHead> heads = new ArrayList<>();

    ManyKeys(KafkaProperties kafka) {
        this.kafka = kafka;
    }

    /** Writes the ledger's id and the events of so many keys, a thousand an organization. */
    void write(int keys) throws Exception {
        var ledgerId = uuid();
        new WholeTopic(kafka, Topics.LEDGER_ID, 1)
                .append(Map.of(
                        Bytes.wrap(Topics.LEDGER_ID.getBytes(StandardCharsets.UTF_8)),
                        ledgerId.toString().getBytes(StandardCharsets.UTF_8)));
        for (int partition = 0; partition < TestNode.PARTITIONS; partition++) {
            heads.add(PartitionHead.start(ledgerId, partition));
        }
        try (var producer = new KafkaProducer<>(
                kafka.client("events", Map.of("acks", "all", "linger.ms", 20, "batch.size", 1 << 18)),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int first = 0; first < keys; first += KEYS_EACH) {
                organization(first, Math.min(KEYS_EACH, keys - first), producer);
            }
        }
    }

    private void organization(int first, int keys, KafkaProducer<byte[], byte[]> producer) {
        var organization = new OrganizationId(uuid());
        long revision = 0;
        write(
                organization,
                ++revision,
                new KeyEvent.OrganizationCreated("Organization " + first, OrganizationSettings.DEFAULT),
                producer);
        for (int key = first; key < first + keys; key++) {
            write(organization, ++revision, created("key " + key), producer);
        }
    }

    private KeyEvent created(String name) {
        var ref = new KeyRef(
                new KeyId(uuid()), KeyKind.ORGANIZATION, SecretHash.ofSecret(name), "org-apiv1_…89ab", 1, null, null);
        return new KeyEvent.KeyCreated(ref, name, Set.of(Permission.METRICS_WRITE, Permission.LOGS_WRITE), null);
    }

    private void write(
            OrganizationId organization, long revision, KeyEvent event, KafkaProducer<byte[], byte[]> producer) {
        int partition = Topics.partition(organization, TestNode.PARTITIONS);
        var head = heads.get(partition);
        var ledgerEvent = new LedgerEvent(
                new EventId(Ids.uuidV7(AT.toEpochMilli(), random.nextLong(), random.nextLong())),
                organization,
                revision,
                head.sequence().revision() + 1,
                AT,
                new CommandId(uuid()),
                OPERATOR,
                event);
        var chained = encoder.event(ledgerEvent, head.chainBytes());
        heads.set(
                partition,
                head.with(head.sequence().after(ledgerEvent), chained.chain().get()));
        var record = chained.outgoing();
        var _ = producer.send(new ProducerRecord<>(
                record.topic(),
                partition,
                record.key().recordKey().get(),
                Objects.requireNonNull(record.value()).get(),
                record.headers()));
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
