package io.keyledger.key.api;

import io.keyledger.event.Permission;
import io.keyledger.key.session.Caller;
import io.keyledger.key.session.Identification;
import io.keyledger.key.session.Identity;
import io.keyledger.key.session.OperatorToken;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Lets callers in, by the token in {@code X-API-Key}. */
final class Credentials {

    static final String HEADER = "X-API-Key";

    private final Identification identification;
    private final OperatorToken operator;

    Credentials(Identification identification, OperatorToken operator) {
        this.identification = identification;
        this.operator = operator;
    }

    /** The user who calls. */
    Caller user(HttpServletRequest request, Permission needed) {
        var presented = presented(request);
        if (operator.matches(presented)) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "operator_token",
                    "The operator's token belongs to no organization: call this with a user's token (tc-apiv1_…).");
        }
        return switch (identification.identify(presented, needed, request.getRemoteAddr())) {
            case Identity.Known(var caller) -> caller;
            case Identity.Unknown(var code, var message) ->
                throw new ProblemException(HttpStatus.UNAUTHORIZED, code, message);
            case Identity.Forbidden(var code, var message) ->
                throw new ProblemException(HttpStatus.FORBIDDEN, code, message);
            case Identity.Unready _ ->
                throw new ProblemException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "keys_not_ready",
                        "Whether this token counts cannot be said now. Try again.");
        };
    }

    /** Whether the operator calls; else it is a user. */
    boolean isOperator(HttpServletRequest request) {
        var presented = request.getHeader(HEADER);
        return presented != null && operator.matches(presented.strip());
    }

    /** Refuses everybody but the operator. */
    void requireOperator(HttpServletRequest request) {
        if (!operator.isSet()) {
            throw ProblemException.notFound(
                    "no_operator",
                    "This service has no operator: set KEYLEDGER_OPERATOR_TOKEN to have calls of this kind.");
        }
        if (!operator.matches(presented(request))) {
            throw new ProblemException(
                    HttpStatus.UNAUTHORIZED, "not_the_operator", "This call needs the operator's token in X-API-Key.");
        }
    }

    private static String presented(HttpServletRequest request) {
        var presented = request.getHeader(HEADER);
        if (presented == null || presented.isBlank()) {
            throw new ProblemException(HttpStatus.UNAUTHORIZED, "missing_key", missing(authorization(request)));
        }
        return presented.strip();
    }

    private static String missing(@Nullable String authorization) {
        return authorization == null
                ? "Expected a user's token (tc-apiv1_…) in the header X-API-Key."
                : "Expected a user's token (tc-apiv1_…) in the header X-API-Key, not in Authorization.";
    }

    private static @Nullable String authorization(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION);
    }
}
