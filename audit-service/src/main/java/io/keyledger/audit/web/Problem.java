package io.keyledger.audit.web;

import org.springframework.http.HttpStatus;

/** What can be wrong with a request, or with this service; its name in lower case is the stable code of the error. */
enum Problem {
    MISSING_KEY(HttpStatus.UNAUTHORIZED, false),
    BEARER_NOT_ACCEPTED(HttpStatus.UNAUTHORIZED, false),
    UNKNOWN_KEY(HttpStatus.UNAUTHORIZED, false),
    MALFORMED_KEY(HttpStatus.UNAUTHORIZED, false),
    REVOKED_KEY(HttpStatus.UNAUTHORIZED, false),
    SUPERSEDED_KEY(HttpStatus.UNAUTHORIZED, false),
    EXPIRED_KEY(HttpStatus.UNAUTHORIZED, false),
    SUSPENDED_KEY(HttpStatus.FORBIDDEN, false),
    PERMISSION_MISSING(HttpStatus.FORBIDDEN, false),
    /** The tables by which keys are checked are being loaded. */
    TABLES_NOT_LOADED(HttpStatus.SERVICE_UNAVAILABLE, true),
    /** A refusal could not be proved to be the current state. */
    TABLES_NOT_PROVEN(HttpStatus.SERVICE_UNAVAILABLE, true),
    DATABASE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, true),
    TWO_CREDENTIALS(HttpStatus.BAD_REQUEST, false),
    KEY_IN_URL(HttpStatus.BAD_REQUEST, false),
    INVALID_PARAMETER(HttpStatus.BAD_REQUEST, false),
    INVALID_CURSOR(HttpStatus.BAD_REQUEST, false),
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, false),
    EVENT_NOT_FOUND(HttpStatus.NOT_FOUND, false),
    NOT_FOUND(HttpStatus.NOT_FOUND, false),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, false),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, false),
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, false);

    private final HttpStatus status;
    private final boolean passing;

    Problem(HttpStatus status, boolean passing) {
        this.status = status;
        this.passing = passing;
    }

    HttpStatus status() {
        return status;
    }

    /** Whether it will pass by itself, so that the same request is worth sending again. */
    boolean passing() {
        return passing;
    }
}
