package io.keyledger.ingest.protocol;

import java.util.Locale;

/** Why a push does not go on whole, as senders are told; implemented by enums. */
public interface Reason {

    /** The HTTP status, by which senders keep or drop their data. */
    int status();

    /** One sentence that a person can act on. */
    String hint();

    /** As an enum has it. */
    String name();

    /** The stable code of the error. */
    default String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
