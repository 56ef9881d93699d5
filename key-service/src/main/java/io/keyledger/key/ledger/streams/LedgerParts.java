package io.keyledger.key.ledger.streams;

import io.keyledger.codec.LedgerCodec;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * What the processor needs from outside its stores.
 *
 * @param ledgerId the chains begin from it
 * @param partitions how many the ledger has
 * @param written the revision of the last event of each partition, as it was seen before the start: stores that are behind
 *     it are lost
 * @param clock the ledger's own, for deadlines
 * @param random for the ids of events
 */
record LedgerParts(
        UUID ledgerId,
        int partitions,
        Map<Integer, Long> written,
        LedgerCodec codec,
        InstantSource clock,
        RandomGenerator random,
        LedgerMeters meters) {
    LedgerParts {
        written = Map.copyOf(written);
    }
}
