package io.keyledger.audit.web;

/** Ends a request with a problem document. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;

    /**
     * Names the problem.
     *
     * @param detail a sentence for people; it holds no secret
     */
    ProblemException(Problem problem, String detail) {
        super(detail);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
