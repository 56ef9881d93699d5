package io.keyledger.codec;

/** A value cannot be read. The message holds nothing of its contents. */
public final class UnreadableException extends RuntimeException {

    private final Decoded.Reason reason;
    private final String message;

    /** Says why, and what is to be read in a log. */
    public UnreadableException(Decoded.Reason reason, String message) {
        super(message);
        this.reason = reason;
        this.message = message;
    }

    String message() {
        return message;
    }

    /** Why. */
    public Decoded.Reason reason() {
        return reason;
    }
}
