package io.keyledger.key.ledger.streams;

import io.keyledger.codec.Chain;
import io.keyledger.key.ledger.LedgerSequence;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;

/**
 * Where one ledger partition stands.
 *
 * @param sequence revision and time of the last event
 * @param chain the chain's value after the last event, in hexadecimal
 */
record PartitionHead(LedgerSequence sequence, String chain) {

    private static final Bytes KEY = Bytes.wrap("head".getBytes(StandardCharsets.UTF_8));

    /** Before the first event. */
    static PartitionHead start(UUID ledgerId, int partition) {
        return new PartitionHead(LedgerSequence.START, HexFormat.of().formatHex(Chain.genesis(ledgerId, partition)));
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
        return new PartitionHead(next, HexFormat.of().formatHex(nextChain));
    }
}
