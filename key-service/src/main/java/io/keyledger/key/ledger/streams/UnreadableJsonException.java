package io.keyledger.key.ledger.streams;

/** JSON that is not what it should be. The message holds nothing of the contents. */
final class UnreadableJsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableJsonException(String message) {
        super(message);
    }
}
