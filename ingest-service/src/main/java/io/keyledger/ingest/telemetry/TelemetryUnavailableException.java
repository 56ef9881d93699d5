package io.keyledger.ingest.telemetry;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The log does not acknowledge now; the sender has to come again. */
public final class TelemetryUnavailableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public TelemetryUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
