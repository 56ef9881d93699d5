package io.keyledger.audit.web;

import io.keyledger.credential.CredentialHeaders;
import io.keyledger.credential.Presented;
import io.keyledger.event.Permission;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets nobody past who may not read the audit log; sits before every call of the API, so that none forgets to ask. */
final class CallerInterceptor implements HandlerInterceptor {

    /** A parameter of our own, which names a key by its id; what else is called so in a URL is a secret. */
    private static final String KEY_ID = "key";

    private final CallerCheck callers;

    CallerInterceptor(CallerCheck callers) {
        this.callers = callers;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        switch (presented(request)) {
            case Presented.Key key ->
                request.setAttribute(Caller.ATTRIBUTE, callers.require(key.reveal(), Permission.AUDIT_READ));
            case Presented.Flaw flaw -> throw new ProblemException(problem(flaw), flaw.hint());
        }
        return true;
    }

    private static Presented presented(HttpServletRequest request) {
        var query = new HashMap<String, List<String>>();
        request.getParameterMap().forEach((name, values) -> query.put(name, List.of(values)));
        query.remove(KEY_ID);
        return CredentialHeaders.find(
                Collections.list(request.getHeaders(CredentialHeaders.API_KEY)),
                Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION)),
                query);
    }

    private static Problem problem(Presented.Flaw flaw) {
        return switch (flaw) {
            case MISSING_KEY -> Problem.MISSING_KEY;
            case BEARER_NOT_ACCEPTED -> Problem.BEARER_NOT_ACCEPTED;
            case MALFORMED_KEY -> Problem.MALFORMED_KEY;
            case TWO_CREDENTIALS -> Problem.TWO_CREDENTIALS;
            case KEY_IN_URL -> Problem.KEY_IN_URL;
        };
    }
}
