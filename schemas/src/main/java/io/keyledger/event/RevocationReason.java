package io.keyledger.event;

/** Why a key was revoked. */
public enum RevocationReason {
    COMPROMISED,
    SUPERSEDED,
    DECOMMISSIONED,
    OWNER_LEFT,
    ROLE_CHANGED,
    POLICY,
    UNSPECIFIED
}
