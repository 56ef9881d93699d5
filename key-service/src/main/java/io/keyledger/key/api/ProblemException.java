package io.keyledger.key.api;

import org.springframework.http.HttpStatus;

/** A request that ends with a problem document. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    ProblemException(HttpStatus status, String code, String detail) {
        this(Problem.of(status, code, detail));
    }

    static ProblemException invalid(String detail) {
        return new ProblemException(HttpStatus.BAD_REQUEST, "invalid", detail);
    }

    static ProblemException notFound(String code, String detail) {
        return new ProblemException(HttpStatus.NOT_FOUND, code, detail);
    }

    Problem problem() {
        return problem;
    }
}
