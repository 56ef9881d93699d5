package io.keyledger.ingest.protocol;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The unit of a push's timestamps, as InfluxDB's v1 and v2 write APIs name it. */
public enum Precision {
    NANOSECONDS(1),
    MICROSECONDS(1_000),
    MILLISECONDS(1_000_000),
    SECONDS(1_000_000_000),
    MINUTES(60_000_000_000L),
    HOURS(3_600_000_000_000L);

    private final long nanos;

    Precision(long nanos) {
        this.nanos = nanos;
    }

    /** How many nanoseconds one unit has. */
    public long nanos() {
        return nanos;
    }

    /** The unit that the query parameter names; nanoseconds if it is absent or empty; empty if nobody knows it. */
    public static Optional<Precision> find(@Nullable String parameter) {
        return switch (parameter) {
            case null -> Optional.of(NANOSECONDS);
            case "", "ns", "n" -> Optional.of(NANOSECONDS);
            case "us", "u", "µ" -> Optional.of(MICROSECONDS);
            case "ms" -> Optional.of(MILLISECONDS);
            case "s" -> Optional.of(SECONDS);
            case "m" -> Optional.of(MINUTES);
            case "h" -> Optional.of(HOURS);
            default -> Optional.empty();
        };
    }
}
