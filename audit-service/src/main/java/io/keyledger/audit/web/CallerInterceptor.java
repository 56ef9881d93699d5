package io.keyledger.audit.web;

import io.keyledger.event.Permission;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets nobody past who may not read the audit log; sits before every call of the API, so that none forgets to ask. */
final class CallerInterceptor implements HandlerInterceptor {

    /** Carries the key. */
    static final String HEADER = "X-API-Key";

    private final CallerCheck callers;

    CallerInterceptor(CallerCheck callers) {
        this.callers = callers;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        var keys = Collections.list(request.getHeaders(HEADER)).stream()
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .distinct()
                .toList();
        if (keys.size() > 1) {
            throw new ProblemException(Problem.INVALID_REQUEST, "Expected one " + HEADER + ", but got several.");
        }
        if (keys.isEmpty()) {
            throw new ProblemException(Problem.MISSING_KEY, "Expected a key in the header " + HEADER + ".");
        }
        request.setAttribute(Caller.ATTRIBUTE, callers.require(keys.getFirst(), Permission.AUDIT_READ));
        return true;
    }
}
