package io.keyledger.key.api;

import io.keyledger.event.SystemId;
import io.keyledger.key.directory.Entry.SystemEntry;
import io.keyledger.key.ledger.LedgerState.SystemState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A System, as callers see it. */
record SystemView(
        SystemId id,
        @Schema(example = "web shop") String name,

        @Schema(description = "from when on its hosts must push with its own key; null: no override") @Nullable
        Instant overrideRequiredFrom,

        int hostCount,
        Instant createdAt) {

    static SystemView of(SystemState system) {
        return of(SystemEntry.of(system));
    }

    static SystemView of(SystemEntry system) {
        return new SystemView(
                system.id(), system.name(), system.overrideRequiredFrom(), system.hostCount(), system.createdAt());
    }
}
