package io.keyledger.codec;

/** A value holds something that this version does not understand; the message names the thing, not what it holds. */
final class TooNew extends RuntimeException {

    TooNew(String message) {
        // Without a stack trace: it never leaves the package, and there may be a million of them.
        super(message, null, false, false);
    }
}
