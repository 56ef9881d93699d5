package io.keyledger.key.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Where a list goes on: opaque to callers, and good for the list that gave it alone. */
final class Cursor {

    static final int DEFAULT_LIMIT = 100;
    static final int MAX_LIMIT = 500;

    private Cursor() {}

    static String of(String list, String last) {
        var text = list + "\n" + last;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The last item that the caller has seen, or null for the beginning. */
    static @Nullable String read(String list, @Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            var last = text.startsWith(list + "\n") ? text.substring(list.length() + 1) : "\n";
            if (last.chars().noneMatch(Character::isISOControl)) {
                return last;
            }
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
        throw invalid();
    }

    /** How many items are wanted. */
    static int limit(@Nullable Integer limit) {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ProblemException.invalid("Expected limit between 1 and " + MAX_LIMIT + ", but it is " + limit + ".");
        }
        return limit;
    }

    private static ProblemException invalid() {
        return new ProblemException(
                HttpStatus.BAD_REQUEST,
                "invalid_cursor",
                "Expected cursor as the \"next\" of this list's page before, but it is something else.");
    }
}
