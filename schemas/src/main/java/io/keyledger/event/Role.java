package io.keyledger.event;

/** What a user may do in the organization. */
public enum Role {
    OWNER,
    ADMINISTRATOR,
    MANAGER,
    VIEWER
}
