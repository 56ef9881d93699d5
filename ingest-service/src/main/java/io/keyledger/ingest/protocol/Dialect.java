package io.keyledger.ingest.protocol;

import java.util.HashMap;
import java.util.Map;

/** How each endpoint tells its senders what became of a push (SENDERS.md, section 3): the answer decides what they keep. */
public enum Dialect {
    /** Telegraf's outputs.http: every refusal is retried, and a partly refused push must not come again. */
    PUSH("application/problem+json"),
    /** InfluxDB v1: a refusal as plain text is retried, as JSON it is dropped at once. */
    V1("application/json"),
    /** InfluxDB v2: JSON with code and message. */
    V2("application/json");

    private static final Answer ACCEPTED = Answer.noContent(Map.of());
    private static final String REJECTED_LINES = "X-Rejected-Lines";

    private final String errorType;

    Dialect(String errorType) {
        this.errorType = errorType;
    }

    /** Whether its client halves what is too large until it passes, and would send a single line for ever. */
    public boolean splits() {
        return this == V2;
    }

    /** All of the push was accepted. */
    public Answer accepted() {
        return ACCEPTED;
    }

    /**
     * The good lines are stored, the others are not.
     *
     * @param rejected how many lines
     * @param why the first reason, a constant text
     */
    public Answer partly(int rejected, String why) {
        var count = Map.of(REJECTED_LINES, Integer.toString(rejected));
        if (this == PUSH) {
            return Answer.noContent(count);
        }
        var message = Fault.PARTIAL_WRITE.hint() + ": " + rejected + (rejected == 1 ? " line" : " lines")
                + " dropped, the others stored; " + why;
        return problem(new Problem(Fault.PARTIAL_WRITE.status(), Fault.PARTIAL_WRITE.code(), message, count));
    }

    /** Nothing of the push was accepted. */
    public Answer problem(Problem problem) {
        var headers = new HashMap<>(problem.headers());
        if (problem.status() == 401) {
            // RFC 9110, section 15.5.2, wants a challenge.
            headers.put("WWW-Authenticate", "Token realm=\"keyledger\"");
        }
        if (this == V1 && (problem.status() == 401 || problem.status() == 403)) {
            return new Answer(
                    problem.status(),
                    "text/plain;charset=UTF-8",
                    problem.code() + ": " + problem.message() + "\n",
                    headers);
        }
        // v2's client prints code and message; v1's the error alone, so that the code has to be in it.
        var error = problem.code().equals(Fault.PARTIAL_WRITE.code())
                ? problem.message()
                : problem.code() + ": " + problem.message();
        return new Answer(problem.status(), errorType, problem.json(error) + "\n", headers);
    }
}
