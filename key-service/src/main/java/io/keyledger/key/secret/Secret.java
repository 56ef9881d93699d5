package io.keyledger.key.secret;

import io.keyledger.event.SecretHash;

/** The plaintext of a credential. It cannot print, and is no record, so that nothing prints it by accident. */
public final class Secret {

    private static final int SHOWN = 4;

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Takes the plaintext. */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The plaintext: for the answer's body, and for sealing. */
    public String reveal() {
        return value;
    }

    /** What is stored instead of it. */
    public SecretHash hash() {
        return SecretHash.ofSecret(value);
    }

    /** What people recognize it by: the prefix of its format, if it has one, and the last four characters. */
    public String hint() {
        int prefix = value.indexOf('_') + 1;
        return value.substring(0, prefix) + "…" + value.substring(Math.max(prefix, value.length() - SHOWN));
    }

    @Override
    public String toString() {
        return "Secret[redacted]";
    }
}
