package io.keyledger.key.receipt;

/** Who has enforced what cannot be told now. */
public final class ReceiptsUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReceiptsUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    ReceiptsUnavailableException(String message) {
        super(message);
    }
}
