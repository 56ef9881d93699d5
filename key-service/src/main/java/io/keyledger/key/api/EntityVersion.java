package io.keyledger.key.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** The version of a thing that two people may edit, as {@code ETag} and {@code If-Match} carry it. */
final class EntityVersion {

    /** Weak ones too: proxies that compress make them of strong ones, and versions are exact all the same. */
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"([^\"]*)\"");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private EntityVersion() {}

    static String tag(long version) {
        return "\"" + version + "\"";
    }

    /** The version that {@code If-Match} asks for; null: none, or {@code *}. */
    static @Nullable Long ifMatch(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.IF_MATCH);
        if (header == null || header.strip().equals("*")) {
            return null;
        }
        var tag = TAG.matcher(header.strip());
        if (!tag.matches()) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "invalid_if_match",
                    "Expected If-Match as the one ETag that a GET has answered, such as \"7\", or as *.");
        }
        if (!NUMBER.matcher(tag.group(1)).matches()) {
            throw new ProblemException(
                    HttpStatus.PRECONDITION_FAILED,
                    "version_mismatch",
                    "Expected If-Match to be the ETag of what is there, but it is the ETag of something else.");
        }
        return Long.valueOf(tag.group(1));
    }
}
