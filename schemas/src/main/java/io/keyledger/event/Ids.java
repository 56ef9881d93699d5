package io.keyledger.event;

import java.util.UUID;

/** How ids are read and made. */
public final class Ids {

    private Ids() {}

    /**
     * A UUID of version 7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then 74 random bits, so that ids sort by time.
     *
     * @param epochMillis Unix time in milliseconds
     * @param randomA 12 of its low bits are used
     * @param randomB 62 of its low bits are used
     */
    public static UUID uuidV7(long epochMillis, long randomA, long randomB) {
        return new UUID((epochMillis << 16) | 0x7000L | (randomA & 0xFFFL), 0x8000_0000_0000_0000L | (randomB >>> 2));
    }

    static UUID parse(String what, String text) {
        // UUID.fromString accepts shortened groups such as "1-1-1-1-1": two texts for one id.
        if (text.length() == 36) {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(message(what, text), e);
            }
        }
        throw new IllegalArgumentException(message(what, text));
    }

    private static String message(String what, String text) {
        var shown = text.length() > 64 ? text.substring(0, 64) + "…" : text;
        return "Expected " + what + " as a UUID such as 0197f0c2-7d7e-7cc3-98c4-dc0c0c07398f, but got \"" + shown
                + "\".";
    }
}
