package io.keyledger.key.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.keyledger.key.ledger.Rejection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A problem document (RFC 9457).
 *
 * @param type a URN of the code
 * @param title the code in words
 * @param detail a sentence that names what was expected
 * @param code stable, for programs
 * @param command where the outcome of an unanswered command can be asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @Nullable String command) {

    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(HttpStatus status, String code, String detail) {
        return new Problem("urn:keyledger:problem:" + code, title(code), status.value(), detail, code, null);
    }

    static Problem of(Rejection rejection) {
        return of(
                Rejections.status(rejection.fact()),
                rejection.fact().name().toLowerCase(Locale.ROOT),
                rejection.message());
    }

    Problem withCommand(String link) {
        return new Problem(type, title, status, detail, code, link);
    }

    private static String title(String code) {
        var words = code.replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
