package io.keyledger.key.ledger.streams;

import io.keyledger.codec.Chain;
import io.keyledger.codec.Decoded;
import io.keyledger.codec.Fingerprint;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.LedgerHeaders;
import io.keyledger.codec.RecordType;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.Ledger;
import io.keyledger.key.ledger.RowChange;
import io.keyledger.table.Row;
import io.keyledger.table.RowKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;

/**
 * Derives everything anew from the events of each partition, by the same rules as the ledger, and checks on the way that
 * revisions have no gap, that time does not run backwards and that the chain is whole. Fed with the records of {@code
 * key-events} in order; holds the state of all partitions in memory.
 */
final class LedgerReplay {

    private final LedgerCodec codec;
    private final UUID ledgerId;
    private final int partitions;
    private final Findings findings;
    private final Map<Integer, Derived> derived = new HashMap<>();
    private final Map<OrganizationId, Long> organizationRevisions = new HashMap<>();

    /** What the events of one partition amount to. */
    static final class Derived {
        private final StateRecords.InMemory state = new StateRecords.InMemory();
        private final Map<RowKey, Optional<Row>> rows = new HashMap<>();
        private PartitionHead head;

        private Derived(PartitionHead head) {
            this.head = head;
        }

        /** The store {@code ledger-state}, byte by byte. */
        Map<Bytes, byte[]> state() {
            return state.map();
        }

        /** The last row of each key; empty: a tombstone. */
        Map<RowKey, Optional<Row>> rows() {
            return rows;
        }

        PartitionHead head() {
            return head;
        }
    }

    LedgerReplay(LedgerCodec codec, UUID ledgerId, int partitions, Findings findings) {
        this.codec = codec;
        this.ledgerId = ledgerId;
        this.partitions = partitions;
        this.findings = findings;
    }

    /** What was derived of a partition so far. */
    Derived of(int partition) {
        return derived.computeIfAbsent(partition, number -> new Derived(PartitionHead.start(ledgerId, number)));
    }

    /** Takes one record of {@code key-events}. */
    void onEvent(ConsumerRecord<byte[], byte[]> record) {
        switch (codec.decode(RecordType.KEY_EVENTS, record.value(), record.headers())) {
            case Decoded.Value<LedgerEvent>(var event) -> apply(record, event);
            case Decoded.Unreadable<LedgerEvent>(var _, var message) -> findings.add(where(record) + message);
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record, LedgerEvent event) {
        var of = of(record.partition());
        check(record, event, of.head);
        try {
            var next = of.head.sequence().after(event);
            of.head = of.head.with(
                    next,
                    LedgerHeaders.find(record.headers(), Topics.HEADER_CHAIN).orElseThrow());
            var overlay = new StateOverlay(of.state);
            for (var change : Ledger.apply(overlay, event)) {
                of.rows.put(
                        change.key(), change instanceof RowChange.Put(var row) ? Optional.of(row) : Optional.empty());
            }
            overlay.writeThrough();
        } catch (RuntimeException e) {
            findings.add(where(record) + e.getMessage());
        }
    }

    private void check(ConsumerRecord<byte[], byte[]> record, LedgerEvent event, PartitionHead before) {
        var organization = event.organizationId();
        var number = organizationRevisions.merge(organization, 1L, Long::sum);
        expect(record, "revision", before.sequence().revision() + 1, event.revision());
        expect(
                record,
                "revision header",
                event.revision(),
                LedgerHeaders.findRevision(record.headers()).orElse(-1));
        expect(record, "number in its organization", number, event.organizationRevision());
        expect(record, "partition", Topics.partition(organization, partitions), record.partition());
        if (event.occurredAt().isBefore(before.sequence().lastEventAt())) {
            findings.add(where(record) + "Expected a time not before "
                    + before.sequence().lastEventAt() + ", but got " + event.occurredAt());
        }
        var fingerprint =
                LedgerHeaders.find(record.headers(), Topics.HEADER_FINGERPRINT).map(Fingerprint::ofBytes);
        if (fingerprint.isEmpty()) {
            findings.add(where(record) + "Expected a fingerprint.");
            return;
        }
        var leaf = Chain.leafOfValue(fingerprint.get(), record.key(), event.revision(), record.value());
        expectBytes(record, Topics.HEADER_LEAF, leaf);
        expectBytes(record, Topics.HEADER_CHAIN, Chain.next(before.chainBytes(), leaf));
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
