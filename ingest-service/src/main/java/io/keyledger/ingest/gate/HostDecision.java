package io.keyledger.ingest.gate;

import io.keyledger.event.SystemId;
import org.jspecify.annotations.Nullable;

/**
 * What is decided for one host of a push.
 *
 * @param system the System that the host is linked to; null: to none, or the line has no host
 * @param denial why its lines are refused; null: they pass
 */
public record HostDecision(
        @Nullable SystemId system, @Nullable Denial denial) {

    /** Whether the host's lines go on. */
    public boolean passes() {
        return denial == null;
    }

    /** Whether its lines count as unlinked. */
    public boolean unlinked() {
        return system == null;
    }
}
