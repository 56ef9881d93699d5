package io.keyledger.key.ledger.streams;

import io.keyledger.codec.LedgerCodec;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * What the processor needs from outside its stores.
 *
 * @param ledgerId the chains begin from it
 * @param partitions how many the ledger has
 * @param clock the ledger's own, for deadlines
 * @param random for the ids of events
 */
record LedgerParts(
        UUID ledgerId,
        int partitions,
        LedgerCodec codec,
        InstantSource clock,
        RandomGenerator random,
        LedgerMeters meters) {}
