package io.keyledger.event;

/** The stored state of a key; expired, suspended and superseded are computed. */
public enum KeyStatus {
    ACTIVE,
    /** Irreversible. */
    REVOKED
}
