package io.keyledger.audit.search;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Where a page begins: after this item, older ones following. It stays right while items are added, for a list is ordered
 * by what never changes.
 *
 * @param number of the item: an event's revision, an alarm's id
 * @param partition of the item: two of one number are told apart by it
 */
public record Cursor(long number, int partition) {

    private static final Pattern FORMAT = Pattern.compile("(\\d{1,19})\\.(\\d{1,9})");

    public Cursor {
        if (number < 1 || partition < 0) {
            throw new IllegalArgumentException("Expected a number from 1 on and a partition from 0 on.");
        }
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Cursor parse(String text) {
        try {
            var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
            var matcher = FORMAT.matcher(plain);
            if (matcher.matches()) {
                var cursor = new Cursor(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)));
                if (cursor.toString().equals(text)) {
                    return cursor;
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Expected a cursor as an answer's next had it.", e);
        }
        throw new IllegalArgumentException("Expected a cursor as an answer's next had it.");
    }

    /** Opaque to clients. */
    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((number + "." + partition).getBytes(StandardCharsets.US_ASCII));
    }
}
