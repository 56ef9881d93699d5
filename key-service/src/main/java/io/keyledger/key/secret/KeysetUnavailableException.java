package io.keyledger.key.secret;

/** The keyset cannot seal, or cannot open what is asked of it. The message names no secret. */
public final class KeysetUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KeysetUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
