package io.keyledger.codec;

import org.jspecify.annotations.Nullable;

/** The registry cannot be reached, or cannot answer now. To try again may help. */
public final class RegistryUnavailableException extends RuntimeException {

    /** Says which registry, and what went wrong. */
    public RegistryUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
