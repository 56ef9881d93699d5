package io.keyledger.key.ledger.streams;

/** What is found in Kafka or in the registry cannot be this ledger's: going on would harm, and waiting would not help. */
final class LedgerRefusesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LedgerRefusesException(String message) {
        super(message);
    }

    LedgerRefusesException(String message, Throwable cause) {
        super(message, cause);
    }
}
