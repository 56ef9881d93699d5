package io.keyledger.codec;

/** The registry will not do: it has other ids than the ledger, or refuses a schema. To try again does not help. */
public final class RegistryRefusedException extends RuntimeException {

    /** Says what was expected, what was found, and what to do. */
    public RegistryRefusedException(String message) {
        super(message);
    }
}
