package io.keyledger.client;

/**
 * The ledger's topics do not have the number of partitions that they must have. It never changes, so that waiting does
 * not help: whoever sees this refuses to start.
 */
public final class PartitionCountException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    PartitionCountException(String message) {
        super(message);
    }
}
