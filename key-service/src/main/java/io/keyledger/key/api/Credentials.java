package io.keyledger.key.api;

import io.keyledger.credential.CredentialHeaders;
import io.keyledger.credential.Presented;
import io.keyledger.event.Permission;
import io.keyledger.key.session.Caller;
import io.keyledger.key.session.Identification;
import io.keyledger.key.session.Identity;
import io.keyledger.key.session.OperatorToken;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.util.UriComponentsBuilder;

/** Lets callers in, by the token that they present. */
final class Credentials {

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
        return find(request) instanceof Presented.Key key && operator.matches(key.reveal());
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
        return switch (find(request)) {
            case Presented.Key key -> key.reveal();
            case Presented.Flaw flaw ->
                throw new ProblemException(
                        flaw.isUnauthorized() ? HttpStatus.UNAUTHORIZED : HttpStatus.BAD_REQUEST,
                        flaw.code(),
                        flaw.hint());
        };
    }

    private static Presented find(HttpServletRequest request) {
        var query = UriComponentsBuilder.newInstance()
                .query(request.getQueryString())
                .build()
                .getQueryParams();
        return CredentialHeaders.find(
                Collections.list(request.getHeaders(CredentialHeaders.API_KEY)),
                Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION)),
                query);
    }
}
