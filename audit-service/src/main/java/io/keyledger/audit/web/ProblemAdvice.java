package io.keyledger.audit.web;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Words every error as a problem document (RFC 9457) with a stable code. */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Object> on(ProblemException e) {
        return answer(e.problem(), e.detail());
    }

    /** PostgreSQL is away, or went away under the statement. */
    @ExceptionHandler({
        CannotGetJdbcConnectionException.class,
        NonTransientDataAccessResourceException.class,
        TransientDataAccessException.class,
        RecoverableDataAccessException.class
    })
    ResponseEntity<Object> onDatabase(Exception e) {
        log.debug("The database does not answer.", e);
        return answer(
                Problem.DATABASE_UNAVAILABLE,
                "The record cannot be read for now, for its database does not answer. Nothing of it is lost: try again.");
    }

    /** An administrator's command ended the session (SQLSTATE class 57), or something else went wrong. */
    @ExceptionHandler
    ResponseEntity<Object> on(UncategorizedSQLException e) {
        var cause = e.getSQLException();
        var state = cause == null ? null : cause.getSQLState();
        return state != null && state.startsWith("57") ? onDatabase(e) : onUnexpected(e);
    }

    @ExceptionHandler
    ResponseEntity<Object> onUnexpected(Exception e) {
        log.error("A request failed for a reason that nobody thought of.", e);
        return answer(Problem.INTERNAL_ERROR, "Something went wrong here. It is in this service's log.");
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var problem = switch (status.value()) {
            case 404 -> Problem.NOT_FOUND;
            case 405 -> Problem.METHOD_NOT_ALLOWED;
            case 406 -> Problem.NOT_ACCEPTABLE;
            case 503 -> Problem.DATABASE_UNAVAILABLE;
            default -> status.is4xxClientError() ? Problem.INVALID_REQUEST : Problem.INTERNAL_ERROR;
        };
        var given = e instanceof ErrorResponse response ? response.getBody().getDetail() : null;
        // Spring's own words for 404 speak of static resources.
        var detail = given == null || problem == Problem.NOT_FOUND
                ? "There is nothing to answer here; the calls are described in /swagger-ui.html."
                : given;
        var answer = answer(problem, detail);
        var all = new HttpHeaders();
        all.putAll(headers);
        all.putAll(answer.getHeaders());
        return ResponseEntity.status(status).headers(all).body(answer.getBody());
    }

    private static ResponseEntity<Object> answer(Problem problem, String detail) {
        var document = ProblemDetail.forStatusAndDetail(problem.status(), detail);
        document.setProperty("code", problem.name().toLowerCase(Locale.ROOT));
        var answer = ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (problem.passing()) {
            // Jitter, so that those who were turned away do not come back all at once.
            answer.header(
                    HttpHeaders.RETRY_AFTER,
                    String.valueOf(ThreadLocalRandom.current().nextInt(1, 4)));
        }
        return answer.body(document);
    }
}
