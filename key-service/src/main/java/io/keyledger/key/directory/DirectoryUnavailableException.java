package io.keyledger.key.directory;

import org.jspecify.annotations.Nullable;

/** The directory cannot answer now, and will again by itself. Changes do not need it. */
public final class DirectoryUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DirectoryUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
