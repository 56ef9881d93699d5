package io.keyledger.codec;

/**
 * What came of reading a value. What cannot be read is an answer of its own: it is never skipped silently, and never
 * taken for the value before it.
 *
 * @param <T> the kind of value
 */
public sealed interface Decoded<T> {

    /** The value. */
    record Value<T>(T value) implements Decoded<T> {}

    /**
     * It cannot be read.
     *
     * @param message for a log; it holds nothing of the contents
     */
    record Unreadable<T>(Reason reason, String message) implements Decoded<T> {}

    /** Why a value cannot be read. */
    enum Reason {
        /** Written with a schema that is not known (yet): read the topic {@code schemas}, then try again. */
        UNKNOWN_SCHEMA,
        /** It requires, or holds, something that this version does not understand. */
        TOO_NEW,
        /** It is broken, and will stay so. */
        MALFORMED
    }

    /**
     * The value, for those who cannot go on without it.
     *
     * @throws UnreadableException if it cannot be read
     */
    default T orThrow() {
        return switch (this) {
            case Value<T>(var value) -> value;
            case Unreadable<T>(var reason, var message) -> throw new UnreadableException(reason, message);
        };
    }
}
