package io.keyledger.key.ledger.streams;

import io.keyledger.codec.Chain;
import io.keyledger.codec.Decoded;
import io.keyledger.codec.Fingerprint;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.LedgerHeaders;
import io.keyledger.codec.RecordType;
import io.keyledger.event.KeyEvent.OrganizationCreated;
import io.keyledger.event.KeyEvent.PersonErased;
import io.keyledger.event.KeyEvent.UserAdded;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.Ledger;
import io.keyledger.key.ledger.RowChange;
import io.keyledger.table.RowKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;

/**
 * Derives everything anew from the events of one partition, by the same rules as the ledger, and checks on the way that
 * revisions have no gap, that time does not run backwards and that the chain is whole. Fed with the partition's records of
 * {@code key-events} in order; holds all that follows from them in memory.
 */
final class LedgerReplay {

    private final LedgerCodec codec;
    private final int partitions;
    private final Findings findings;
    private final StateRecords.InMemory state = new StateRecords.InMemory();
    private final Map<RowKey, RowChange> rows = new HashMap<>();
    private final Set<UUID> dataKeys = new HashSet<>();
    private final Map<OrganizationId, Long> organizationRevisions = new HashMap<>();
    private PartitionHead head;
    private long events;
    private long nextOffset;

    LedgerReplay(LedgerCodec codec, UUID ledgerId, int partition, int partitions, Findings findings) {
        this.codec = codec;
        this.partitions = partitions;
        this.findings = findings;
        this.head = PartitionHead.start(ledgerId, partition);
    }

    /** The store {@code ledger-state}, byte by byte. */
    StateRecords.InMemory state() {
        return state;
    }

    /** The last change of each row. */
    Map<RowKey, RowChange> rows() {
        return rows;
    }

    /** Whose data keys there must be: organizations, and people who were not erased. */
    Set<UUID> dataKeys() {
        return dataKeys;
    }

    PartitionHead head() {
        return head;
    }

    long events() {
        return events;
    }

    /** Of the record after the last one taken. */
    long nextOffset() {
        return nextOffset;
    }

    /**
     * Takes one record of {@code key-events}.
     *
     * @return the keys of the store that it has changed
     */
    Set<Bytes> onEvent(ConsumerRecord<byte[], byte[]> record) {
        events++;
        nextOffset = record.offset() + 1;
        return switch (codec.decode(RecordType.KEY_EVENTS, record.value(), record.headers())) {
            case Decoded.Value<LedgerEvent>(var event) -> apply(record, event);
            case Decoded.Unreadable<LedgerEvent>(var _, var message) -> {
                findings.add(where(record) + message);
                yield Set.of();
            }
        };
    }

    private Set<Bytes> apply(ConsumerRecord<byte[], byte[]> record, LedgerEvent event) {
        check(record, event);
        try {
            head = head.with(
                    head.sequence().after(event),
                    LedgerHeaders.find(record.headers(), Topics.HEADER_CHAIN).orElseThrow());
            var overlay = new StateOverlay(state);
            var changes = Ledger.apply(overlay, event);
            head = head.withRows(changes);
            changes.forEach(change -> rows.put(change.key(), change));
            expectDataKey(event);
            var changed = overlay.changedKeys();
            overlay.writeThrough();
            return changed;
        } catch (RuntimeException e) {
            findings.add(where(record) + e.getMessage());
            return Set.of();
        }
    }

    private void expectDataKey(LedgerEvent event) {
        if (event.event() instanceof OrganizationCreated) {
            dataKeys.add(event.organizationId().value());
        } else if (event.event() instanceof UserAdded added) {
            dataKeys.add(added.userId().value());
        } else if (event.event() instanceof PersonErased erased) {
            dataKeys.remove(erased.userId().value());
        }
    }

    private void check(ConsumerRecord<byte[], byte[]> record, LedgerEvent event) {
        var organization = event.organizationId();
        var number = organizationRevisions.merge(organization, 1L, Long::sum);
        expect(record, "revision", head.sequence().revision() + 1, event.revision());
        expect(
                record,
                "revision header",
                event.revision(),
                LedgerHeaders.findRevision(record.headers()).orElse(-1));
        expect(record, "number in its organization", number, event.organizationRevision());
        expect(record, "partition", Topics.partition(organization, partitions), record.partition());
        if (event.occurredAt().isBefore(head.sequence().lastEventAt())) {
            findings.add(where(record) + "Expected a time not before "
                    + head.sequence().lastEventAt() + ", but got " + event.occurredAt());
        }
        var fingerprint =
                LedgerHeaders.find(record.headers(), Topics.HEADER_FINGERPRINT).map(Fingerprint::ofBytes);
        if (fingerprint.isEmpty()) {
            findings.add(where(record) + "Expected a fingerprint.");
            return;
        }
        var leaf = Chain.leafOfValue(fingerprint.get(), record.key(), event.revision(), record.value());
        expectBytes(record, Topics.HEADER_LEAF, leaf);
        expectBytes(record, Topics.HEADER_CHAIN, Chain.next(head.chainBytes(), leaf));
    }

    private void expect(ConsumerRecord<byte[], byte[]> record, String what, long expected, long found) {
        if (expected != found) {
            findings.add(where(record) + "Expected the " + what + " " + expected + ", but got " + found);
        }
    }

    private void expectBytes(ConsumerRecord<byte[], byte[]> record, String header, byte[] expected) {
        var found = LedgerHeaders.find(record.headers(), header);
        if (!found.map(bytes -> Arrays.equals(bytes, expected)).orElse(false)) {
            findings.add(where(record) + "Expected another " + header + ": the chain is broken.");
        }
    }

    private static String where(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset() + ": ";
    }
}
