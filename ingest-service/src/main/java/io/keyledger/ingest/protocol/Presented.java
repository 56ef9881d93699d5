package io.keyledger.ingest.protocol;

/** The credential of a request. None of its kinds prints a secret. */
public sealed interface Presented {

    /** A key. Not a record, so that it cannot print. */
    final class Key implements Presented {
        private final String secret;

        Key(String secret) {
            this.secret = secret;
        }

        /** The secret as it was sent, without surrounding blanks; for the gate alone. */
        public String reveal() {
            return secret;
        }

        @Override
        public String toString() {
            return "Key[redacted]";
        }
    }

    /** None, or an empty one. */
    record None() implements Presented {}

    /** A bearer token, where none is accepted. */
    record Bearer() implements Presented {}

    /** Basic authentication that cannot be decoded. */
    record Garbled() implements Presented {}

    /** More than one, and they differ. */
    record Several() implements Presented {}

    /** One in the URL, where logs and proxies would keep it. */
    record InUrl() implements Presented {}
}
