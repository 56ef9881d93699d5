package io.keyledger.key.ledger.streams;

/** One record of a command's outcome is larger than Kafka would take. */
final class TooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooLargeException(String what, int size, int most) {
        super("Expected each record of at most " + most + " bytes, but one for " + what + " has " + size
                + ": ask for less at once.");
    }
}
