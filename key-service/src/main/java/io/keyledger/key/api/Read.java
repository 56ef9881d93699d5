package io.keyledger.key.api;

import io.keyledger.event.OrganizationId;

/** A request of a user who may see keys; the directory is as far as the caller expects when it is asked. */
final class Read {

    private final OrganizationId organization;
    private final Runnable wait;

    Read(OrganizationId organization, Runnable wait) {
        this.organization = organization;
        this.wait = wait;
    }

    OrganizationId organization() {
        return organization;
    }

    /** Waits for the directory to reach what was answered before; returns the organization to ask it for. */
    OrganizationId awaitDirectory() {
        wait.run();
        return organization;
    }
}
