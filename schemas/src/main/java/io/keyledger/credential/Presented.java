package io.keyledger.credential;

import java.util.Locale;

/** The credential of a request. It prints no secret. */
public sealed interface Presented {

    /** A key. Not a record, so that it cannot print. */
    final class Key implements Presented {
        private final String secret;

        Key(String secret) {
            this.secret = secret;
        }

        /** The secret as it was sent, without surrounding blanks; for the check of keys alone. */
        public String reveal() {
            return secret;
        }

        @Override
        public String toString() {
            return "Key[redacted]";
        }
    }

    /** Why there is no key to check. */
    enum Flaw implements Presented {
        /** None, or an empty one. */
        MISSING_KEY(true, "No key was sent: put one in the X-API-Key header."),
        /** A key where only the console's tokens are. */
        BEARER_NOT_ACCEPTED(
                true, "A key is not a bearer token: send it in the X-API-Key header or as Authorization: Token."),
        /** Basic authentication that cannot be decoded. */
        MALFORMED_KEY(true, "This is not a whole key: Basic takes the Base64 of a name, a colon and the key."),
        /** More than one, and they differ. */
        TWO_CREDENTIALS(false, "The request carries different credentials: send one key, in the X-API-Key header."),
        /** One in the URL, where logs and proxies would keep it. */
        KEY_IN_URL(
                false,
                "A credential in the URL ends up in logs: send the key in the X-API-Key header, and replace it.");

        private final boolean unauthorized;
        private final String hint;

        Flaw(boolean unauthorized, String hint) {
            this.unauthorized = unauthorized;
            this.hint = hint;
        }

        /** Whether it is a matter of the key (401); else the request as such is wrong (400). */
        public boolean isUnauthorized() {
            return unauthorized;
        }

        /** One sentence that a person can act on. */
        public String hint() {
            return hint;
        }

        /** The stable code of the error. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
