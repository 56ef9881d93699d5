package io.keyledger.table;

import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * Which of the formats of DESIGN.md, section 5, a presented text has. The checksum only words a miss: imported secrets
 * are any 64 hexadecimal digits.
 */
public enum KeyFormat {
    /** A Collector key: a UUID. */
    UUID,
    /** An API key or a token whose last four bytes are the CRC-32 of the 28 before. */
    CHECKSUMMED,
    /** Shaped as an API key or a token, but with another checksum: imported, mistyped or cut off. */
    UNCHECKED,
    /** Nothing that a key looks like. */
    NONE;

    public static final String ORGANIZATION_PREFIX = "org-apiv1_";
    public static final String USER_PREFIX = "tc-apiv1_";

    private static final int HEX_DIGITS = 64;
    private static final int RANDOM_BYTES = 28;
    private static final String UUID_DASHES = "        -    -    -    -            ";

    /** The format of {@code presented}. The exact text is what is hashed, so case is looked at nowhere. */
    public static KeyFormat of(String presented) {
        if (presented.startsWith(ORGANIZATION_PREFIX)) {
            return ofHex(presented.substring(ORGANIZATION_PREFIX.length()));
        }
        if (presented.startsWith(USER_PREFIX)) {
            return ofHex(presented.substring(USER_PREFIX.length()));
        }
        return isUuid(presented) ? UUID : NONE;
    }

    private static KeyFormat ofHex(String digits) {
        if (digits.length() != HEX_DIGITS || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            return NONE;
        }
        var bytes = HexFormat.of().parseHex(digits);
        var checksum = new CRC32();
        checksum.update(bytes, 0, RANDOM_BYTES);
        long claimed = HexFormat.fromHexDigitsToLong(digits, RANDOM_BYTES * 2, HEX_DIGITS);
        return checksum.getValue() == claimed ? CHECKSUMMED : UNCHECKED;
    }

    private static boolean isUuid(String text) {
        if (text.length() != UUID_DASHES.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            boolean fits = UUID_DASHES.charAt(i) == '-' ? text.charAt(i) == '-' : HexFormat.isHexDigit(text.charAt(i));
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
