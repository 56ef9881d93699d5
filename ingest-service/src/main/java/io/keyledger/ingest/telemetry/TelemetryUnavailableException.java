package io.keyledger.ingest.telemetry;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The log does not acknowledge now; the sender has to come again. */
public final class TelemetryUnavailableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean full;

    private TelemetryUnavailableException(String message, boolean full, @Nullable Throwable cause) {
        super(message, cause);
        this.full = full;
    }

    static TelemetryUnavailableException away(String message, @Nullable Throwable cause) {
        return new TelemetryUnavailableException(message, false, cause);
    }

    static TelemetryUnavailableException full(Throwable cause) {
        return new TelemetryUnavailableException("The Collector has as much unsent as it can hold.", true, cause);
    }

    /** Whether there is no room left here, which says nothing of Kafka. */
    public boolean full() {
        return full;
    }
}
