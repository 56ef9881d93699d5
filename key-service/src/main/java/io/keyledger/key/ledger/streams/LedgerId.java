package io.keyledger.key.ledger.streams;

import java.util.Optional;
import java.util.UUID;

/** Which ledger this process works on: a port. */
@FunctionalInterface
public interface LedgerId {

    /** The ledger's id; empty until the start has read it. */
    Optional<UUID> find();
}
