package io.keyledger.key.api;

import io.keyledger.key.receipt.Receipt;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** That a caller waits until the Collectors have confirmed a change: {@code ?wait=enforced&timeout=PT5S}. */
final class EnforcementWait {

    static final String WAIT = "wait";
    static final String TIMEOUT = "timeout";
    static final String ENFORCED = "enforced";
    static final Duration DEFAULT = Duration.ofSeconds(5);
    static final Duration LONGEST = Duration.ofMinutes(1);

    private static final String ATTRIBUTE = EnforcementWait.class.getName();

    private EnforcementWait() {}

    /** For how long the caller waits; empty: it does not. */
    static Optional<Duration> of(HttpServletRequest request) {
        var wait = request.getParameter(WAIT);
        var timeout = request.getParameter(TIMEOUT);
        if (wait == null) {
            if (timeout != null) {
                throw ProblemException.invalid("Expected timeout beside wait=enforced alone.");
            }
            return Optional.empty();
        }
        if (!wait.equals(ENFORCED)) {
            throw ProblemException.invalid("Expected wait=enforced, or no wait at all.");
        }
        return Optional.of(timeout(timeout, DEFAULT, LONGEST));
    }

    /** Whether {@code name=value} of a query is one of these. */
    static boolean isPartOf(String parameter) {
        return parameter.startsWith(WAIT + '=') || parameter.startsWith(TIMEOUT + '=');
    }

    static Duration timeout(@Nullable String given, Duration usual, Duration longest) {
        var timeout = Text.duration(TIMEOUT, given);
        if (timeout == null) {
            return usual;
        }
        if (!timeout.isPositive() || timeout.compareTo(longest) > 0) {
            throw ProblemException.invalid(
                    "Expected timeout above zero and at most " + longest + ", but it is " + timeout + ".");
        }
        return timeout;
    }

    /** Keeps the receipt for the answer; null: who has confirmed cannot be told. */
    static void keep(HttpServletRequest request, @Nullable Receipt receipt) {
        request.setAttribute(ATTRIBUTE, Optional.ofNullable(receipt).map(EnforcementView::of));
    }

    /** What was kept, if the request waited at all. */
    static Optional<Optional<?>> kept(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Optional<?> receipt ? Optional.of(receipt) : Optional.empty();
    }
}
