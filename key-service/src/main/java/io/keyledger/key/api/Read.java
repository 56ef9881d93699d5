package io.keyledger.key.api;

import io.keyledger.event.OrganizationId;
import io.keyledger.key.directory.LedgerPosition;
import io.keyledger.table.Row.OrganizationRow;
import org.jspecify.annotations.Nullable;

/** A request of a user who may see keys; the directory is as far as the caller expects when it is asked. */
final class Read {

    private final OrganizationId organization;
    private final @Nullable LedgerPosition minRevision;
    private final Runnable wait;

    Read(OrganizationId organization, @Nullable LedgerPosition minRevision, Runnable wait) {
        this.organization = organization;
        this.minRevision = minRevision;
        this.wait = wait;
    }

    OrganizationId organization() {
        return organization;
    }

    /** Whether an answer that is as new as this row may be given. */
    boolean allows(OrganizationRow row) {
        return minRevision == null || row.revision() >= minRevision.revision();
    }

    /** Waits for the directory to reach what was answered before; returns the organization to ask it for. */
    OrganizationId awaitDirectory() {
        wait.run();
        return organization;
    }
}
