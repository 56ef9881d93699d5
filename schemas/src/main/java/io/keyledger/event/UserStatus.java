package io.keyledger.event;

/** Whether a user's tokens count. */
public enum UserStatus {
    ACTIVE,
    /** Tokens are suspended: not now, rather than no. */
    DISABLED,
    /** Tokens are deleted. */
    REMOVED
}
