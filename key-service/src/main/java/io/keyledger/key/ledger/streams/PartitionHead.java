package io.keyledger.key.ledger.streams;

import io.keyledger.codec.Chain;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.LedgerSequence;
import io.keyledger.key.ledger.RowChange;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Bytes;

/**
 * Where one ledger partition stands.
 *
 * @param sequence revision and time of the last event
 * @param chain the chain's value after the last event, in hexadecimal
 * @param tables the revision of the last row, or of its removal, of each table that has any
 */
record PartitionHead(LedgerSequence sequence, String chain, Map<String, Long> tables) {

    private static final Bytes KEY = Bytes.wrap("head".getBytes(StandardCharsets.UTF_8));

    PartitionHead {
        // Written before they were kept: no row is newer than the last event.
        tables = tables == null
                ? Topics.TABLES.stream().collect(Collectors.toMap(table -> table, _ -> sequence.revision()))
                : Map.copyOf(tables);
    }

    /** Before the first event. */
    static PartitionHead start(UUID ledgerId, int partition) {
        return new PartitionHead(
                LedgerSequence.START, HexFormat.of().formatHex(Chain.genesis(ledgerId, partition)), Map.of());
    }

    static PartitionHead read(StateRecords meta, UUID ledgerId, int partition) {
        return find(meta).orElseGet(() -> start(ledgerId, partition));
    }

    static Optional<PartitionHead> find(StateRecords meta) {
        return Optional.ofNullable(meta.get(KEY)).map(json -> LedgerJson.read(json, PartitionHead.class));
    }

    void write(StateRecords meta) {
        meta.put(KEY, LedgerJson.write(this));
    }

    byte[] chainBytes() {
        return HexFormat.of().parseHex(chain);
    }

    PartitionHead with(LedgerSequence next, byte[] nextChain) {
        return new PartitionHead(next, HexFormat.of().formatHex(nextChain), tables);
    }

    PartitionHead withRows(List<RowChange> changes) {
        var next = new HashMap<>(tables);
        changes.stream()
                .filter(change -> Topics.TABLES.contains(change.key().topic()))
                .forEach(change -> next.put(change.key().topic(), change.revision()));
        return new PartitionHead(sequence, chain, next);
    }
}
