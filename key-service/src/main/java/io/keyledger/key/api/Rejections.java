package io.keyledger.key.api;

import io.keyledger.key.ledger.Rejection;
import org.springframework.http.HttpStatus;

/** What a refusal of the ledger is in HTTP. */
final class Rejections {

    private Rejections() {}

    static HttpStatus status(Rejection.Fact fact) {
        return switch (fact) {
            case ORGANIZATION_NOT_FOUND, SYSTEM_NOT_FOUND, HOST_NOT_LINKED, KEY_NOT_FOUND -> HttpStatus.NOT_FOUND;
            case ORGANIZATION_ALREADY_EXISTS,
                    SYSTEM_NAME_TAKEN,
                    SYSTEM_HAS_HOSTS,
                    HOST_LINKED_ELSEWHERE,
                    OVERRIDE_ALREADY_ACTIVE,
                    ALREADY_REVOKED,
                    NO_OVERLAP,
                    SECRET_ALREADY_USED,
                    SECRET_REVOKED,
                    IDEMPOTENT_ANSWER_UNREADABLE -> HttpStatus.CONFLICT;
            case NOT_PERMITTED -> HttpStatus.FORBIDDEN;
            case VERSION_MISMATCH -> HttpStatus.PRECONDITION_FAILED;
            case TOO_MANY_CHANGES, OVERLAP_OUT_OF_RANGE, IDEMPOTENCY_KEY_REUSED -> HttpStatus.UNPROCESSABLE_CONTENT;
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case INVALID -> HttpStatus.BAD_REQUEST;
            // Certainly not applied, unlike an answer that is missing: to be sent again.
            case PAST_DEADLINE -> HttpStatus.SERVICE_UNAVAILABLE;
            case UNREADABLE_COMMAND, FAILED -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }
}
