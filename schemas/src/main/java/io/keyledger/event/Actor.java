package io.keyledger.event;

import org.jspecify.annotations.Nullable;

/**
 * Who asked for a change. Ids are opaque; the network address is a person's data and therefore sealed.
 *
 * @param user the user whose key was used, of kind {@code USER} alone
 * @param key the key that authenticated the request
 * @param address the network address of the request
 */
public record Actor(
        Kind kind,
        @Nullable UserId user,
        @Nullable KeyId key,
        @Nullable SealedValue address) {

    /** What kind of actor. */
    public enum Kind {
        /** One that this version does not know. */
        UNKNOWN,
        USER,
        /** Whoever runs the suite, by the operator's token. */
        OPERATOR,
        /** Keyledger itself: the first start, provisioning, an expiry. */
        LEDGER
    }

    /** Keyledger itself. */
    public static final Actor LEDGER = new Actor(Kind.LEDGER, null, null, null);
}
