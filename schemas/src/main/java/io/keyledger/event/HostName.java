package io.keyledger.event;

import java.util.Locale;

/**
 * A host's name in lower case ({@link Locale#ROOT}), for hosts are matched case-insensitively.
 *
 * @param value 1 to 255 characters, none of them a control character; kept in lower case
 */
public record HostName(String value) implements Comparable<HostName> {

    public static final int MAX_LENGTH = 255;

    /** @throws IllegalArgumentException if the name is empty, too long, or has a control or half a character */
    public HostName {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "Expected a host of 1 to " + MAX_LENGTH + " characters, but got " + value.length() + ".");
        }
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                throw new IllegalArgumentException(
                        "Expected a host without control characters, but there is one at position " + i + ".");
            }
            // Half a character becomes "?" in UTF-8: two such hosts would be one on Kafka.
            if (Character.isHighSurrogate(value.charAt(i))
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(value.charAt(i))) {
                throw new IllegalArgumentException(
                        "Expected a host of whole characters, but there is half of one at position " + i + ".");
            }
        }
        value = value.toLowerCase(Locale.ROOT);
        // Lower-casing may lengthen: İ becomes two characters.
        if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("Expected a host of 1 to " + MAX_LENGTH
                    + " characters in lower case, but got " + value.length() + ".");
        }
    }

    @Override
    public int compareTo(HostName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
