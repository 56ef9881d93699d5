package io.keyledger.audit.search;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a page begins: after the event of this organization revision, older ones following. It stays right while events
 * are added, for a list is ordered by what never changes.
 */
public record Cursor(long organizationRevision) {

    private static final String PREFIX = "r";

    public Cursor {
        if (organizationRevision < 1) {
            throw new IllegalArgumentException("Expected an organization revision from 1 on.");
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
            if (plain.startsWith(PREFIX)) {
                var cursor = new Cursor(Long.parseLong(plain.substring(PREFIX.length())));
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
                .encodeToString((PREFIX + organizationRevision).getBytes(StandardCharsets.US_ASCII));
    }
}
