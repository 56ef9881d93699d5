package io.keyledger.key.api;

import io.keyledger.key.directory.DirectoryUnavailableException;
import io.keyledger.key.receipt.ReceiptsUnavailableException;
import io.keyledger.key.secret.KeysetUnavailableException;
import io.keyledger.key.session.CommandSender.UnansweredException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Every error as a problem document; none repeats a header or a body, for they hold secrets. */
@RestControllerAdvice
class ErrorAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ErrorAdvice.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    @ExceptionHandler
    ResponseEntity<Problem> problem(ProblemException e) {
        return answer(e.problem());
    }

    @ExceptionHandler
    ResponseEntity<Problem> unavailable(DirectoryUnavailableException e) {
        log.atDebug().setCause(e).log("The directory cannot answer");
        return answer(Problem.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "directory_unavailable",
                "Lists and look-ups need the directory, and it cannot answer now; changes still can be made. "
                        + e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<Problem> unanswered(UnansweredException e, HttpServletRequest request) {
        return answer(problem(e, request));
    }

    /** What is to be said of a command without an answer. */
    static Problem problem(UnansweredException e, HttpServletRequest request) {
        if (!e.sent()) {
            return Problem.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "ledger_unavailable",
                    "The ledger cannot be reached now, and nothing was changed. Try again.");
        }
        return Problem.of(
                        HttpStatus.GATEWAY_TIMEOUT,
                        "command_unanswered",
                        "The ledger has not answered in time, and may yet apply the change. Ask what became of it.")
                .withCommand(CommandResource.link(e.command(), request));
    }

    @ExceptionHandler
    ResponseEntity<Problem> unavailable(ReceiptsUnavailableException e, HttpMethod method) {
        log.atDebug().setCause(e).log("A receipt cannot be given");
        var isRead = Set.of(HttpMethod.GET, HttpMethod.HEAD).contains(method);
        return answer(Problem.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "receipts_unavailable",
                e.getMessage()
                        + (isRead
                                ? " Try again."
                                : " Nothing was changed; a change without wait=enforced still can be made.")));
    }

    @ExceptionHandler
    ResponseEntity<Problem> keyset(KeysetUnavailableException e) {
        log.atError().setCause(e).log("The keyset cannot be used");
        return answer(Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "keyset_unavailable", String.valueOf(e.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<Problem> unexpected(Exception e) {
        log.atError().setCause(e).log("A request failed");
        return answer(failed());
    }

    /** What is to be said of a fault of ours. */
    static Problem failed() {
        return Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "failed", "Something went wrong here. The log says more.");
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return cast(answer(MalformedBody.problem(e)));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var known = HttpStatus.valueOf(status.value());
        var detail = body instanceof ProblemDetail problem && problem.getDetail() != null
                ? problem.getDetail()
                : known.getReasonPhrase();
        var code = known == HttpStatus.BAD_REQUEST ? "invalid" : known.name().toLowerCase(Locale.ROOT);
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problem.of(known, code, detail));
    }

    static ResponseEntity<Problem> answer(Problem problem) {
        var response = ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (problem.status() == HttpStatus.UNAUTHORIZED.value()) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "X-API-Key realm=\"Keyledger\"");
        }
        return response.body(problem);
    }

    private static ResponseEntity<Object> cast(ResponseEntity<Problem> answer) {
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .body(answer.getBody());
    }
}
