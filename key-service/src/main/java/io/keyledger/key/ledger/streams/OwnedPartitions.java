package io.keyledger.key.ledger.streams;

/** Which partitions of the ledger this process rules on: a port. */
@FunctionalInterface
public interface OwnedPartitions {

    /** Whether it is this process that rules on that partition's commands now. */
    boolean owns(int partition);
}
