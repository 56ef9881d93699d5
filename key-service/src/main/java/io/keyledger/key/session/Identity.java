package io.keyledger.key.session;

/** What is known of who calls. */
public sealed interface Identity {

    /** A user with the permission. */
    record Known(Caller caller) implements Identity {}

    /**
     * Nobody whom we know.
     *
     * @param code stable, such as {@code unknown_key}
     * @param message a sentence for people
     */
    record Unknown(String code, String message) implements Identity {}

    /**
     * Somebody whom we know and who may not.
     *
     * @param code stable, such as {@code not_permitted}
     * @param message a sentence for people
     */
    record Forbidden(String code, String message) implements Identity {}

    /** Nobody can tell now, and "no" could be a lie. */
    record Unready() implements Identity {}
}
