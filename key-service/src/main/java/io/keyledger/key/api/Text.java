package io.keyledger.key.api;

import io.keyledger.event.HostName;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the texts of requests; the ledger has the last word on their length. */
final class Text {

    private Text() {}

    static String require(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw ProblemException.invalid("Expected the field " + field + ", but it is missing or blank.");
        }
        return whole(field, value.strip());
    }

    /** What people write beside a change; it may have lines. */
    static @Nullable String comment(@Nullable String comment) {
        if (comment == null) {
            return null;
        }
        boolean odd = comment.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t');
        if (odd) {
            throw ProblemException.invalid("Expected comment without control characters but line feeds and tabs.");
        }
        return whole("comment", comment);
    }

    static List<HostName> hosts(@Nullable List<@Nullable String> hosts) {
        if (hosts == null) {
            throw ProblemException.invalid("Expected the field hosts, a list of host names, but it is missing.");
        }
        return hosts.stream().map(Text::host).distinct().toList();
    }

    static HostName host(@Nullable String host) {
        if (host == null) {
            throw ProblemException.invalid("Expected host names in hosts, but one of them is null.");
        }
        try {
            return new HostName(whole("hosts", host));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(String.valueOf(e.getMessage()));
        }
    }

    static @Nullable Duration duration(String field, @Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            return Duration.parse(value);
        } catch (DateTimeException e) {
            throw ProblemException.invalid(
                    "Expected " + field + " as an ISO-8601 duration of days or less, such as PT1H or P30D.");
        }
    }

    /** Half a character has no UTF-8: it would be another text in the record than here. */
    private static String whole(String field, String value) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw ProblemException.invalid(
                    "Expected whole characters in " + field + ", but there is half a surrogate pair.");
        }
        return value;
    }
}
