package io.keyledger.audit.web;

import io.keyledger.audit.search.Cursor;
import io.keyledger.audit.search.Page;
import io.keyledger.table.KeyFormat;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a query; whatever is not understood is refused, for an ignored filter would answer too much. */
final class Parameters {

    private static final int SHOWN = 64;
    // Within what PostgreSQL's timestamps hold, and beyond what any ledger will.
    private static final int LAST_YEAR = 9999;

    private final HttpServletRequest request;

    /** Refuses a request with a parameter that is not among {@code known}, or with one given twice. */
    Parameters(HttpServletRequest request, Set<String> known) {
        this.request = request;
        request.getParameterMap().forEach((name, values) -> {
            if (!known.contains(name)) {
                throw invalid("There is no parameter \"" + shown(name) + "\"; there are " + new TreeSet<>(known) + ".");
            }
            if (values.length > 1) {
                throw invalid("Expected one " + name + ", but got " + values.length + ".");
            }
        });
    }

    @Nullable
    UUID id(String name) {
        return read(name, "a UUID such as 0197f0c2-7d7e-7cc3-98c4-dc0c0c07398f", text -> {
            var id = UUID.fromString(text);
            if (text.length() != 36) {
                throw new IllegalArgumentException(text);
            }
            return id;
        });
    }

    @Nullable
    Instant time(String name) {
        return read(name, "a time as ISO-8601 has it, such as 2026-11-21T10:00:00Z", text -> {
            var time = OffsetDateTime.parse(text);
            if (time.getYear() < 0 || time.getYear() > LAST_YEAR) {
                throw new IllegalArgumentException(text);
            }
            return time.toInstant();
        });
    }

    @Nullable
    String type(String name) {
        return read(name, "an event's type such as KeyRevoked", text -> {
            if (!text.matches("[A-Z][A-Za-z0-9]{0,99}")) {
                throw new IllegalArgumentException(text);
            }
            return text;
        });
    }

    int limit(String name, int unsaid) {
        var limit = read(name, "a number from 1 to " + Page.MAX_LIMIT, text -> {
            int number = Integer.parseInt(text);
            if (number < 1 || number > Page.MAX_LIMIT) {
                throw new IllegalArgumentException(text);
            }
            return number;
        });
        return limit == null ? unsaid : limit;
    }

    @Nullable
    Cursor cursor(String name) {
        var text = request.getParameter(name);
        if (text == null) {
            return null;
        }
        try {
            return Cursor.parse(text);
        } catch (IllegalArgumentException _) {
            throw new ProblemException(
                    Problem.INVALID_CURSOR,
                    "Expected " + name + " to be the \"next\" of an answer, but got \"" + shown(text) + "\".");
        }
    }

    private <T> @Nullable T read(String name, String expected, Function<String, T> parse) {
        var text = request.getParameter(name);
        if (text == null) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException | DateTimeException _) {
            throw invalid("Expected " + name + " to be " + expected + ", but got \"" + shown(text) + "\".");
        }
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(Problem.INVALID_PARAMETER, detail);
    }

    /** What may be repeated of a value: not a secret that somebody pasted, and not more than fits a line. */
    private static String shown(String value) {
        if (value.contains(KeyFormat.USER_PREFIX) || value.contains(KeyFormat.ORGANIZATION_PREFIX)) {
            return "(a secret; it is not repeated here)";
        }
        var printable = value.replaceAll("\\p{Cntrl}", "?");
        return printable.length() > SHOWN ? printable.substring(0, SHOWN) + "…" : printable;
    }
}
