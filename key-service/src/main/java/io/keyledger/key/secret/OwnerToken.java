package io.keyledger.key.secret;

import io.keyledger.table.KeyFormat;
import java.util.HexFormat;

/** The format of a token that somebody brings along. */
public final class OwnerToken {

    private static final int LENGTH = KeyFormat.USER_PREFIX.length() + 64;

    private OwnerToken() {}

    /**
     * Checks an imported token: any 64 hexadecimal digits, with our checksum or without.
     *
     * @param where what the message calls it, such as {@code keyledger.owner-token}
     * @throws IllegalArgumentException if it has another format; the message names the rule and never the value
     */
    public static Secret parse(String where, String value) {
        if (!value.startsWith(KeyFormat.USER_PREFIX)) {
            throw new IllegalArgumentException("Expected " + where + " to begin with " + KeyFormat.USER_PREFIX
                    + ", followed by 64 hexadecimal digits, but it begins otherwise.");
        }
        int digits = value.length() - KeyFormat.USER_PREFIX.length();
        boolean hex = value.chars().skip(KeyFormat.USER_PREFIX.length()).allMatch(HexFormat::isHexDigit);
        if (value.length() != LENGTH || !hex) {
            throw new IllegalArgumentException("Expected " + where + " as " + KeyFormat.USER_PREFIX
                    + " and 64 hexadecimal digits, but after the prefix there are " + digits + " characters"
                    + (hex ? "." : ", not all of them hexadecimal digits."));
        }
        return Secret.of(value);
    }
}
