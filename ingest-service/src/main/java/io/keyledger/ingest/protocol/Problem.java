package io.keyledger.ingest.protocol;

import java.util.Map;

/**
 * What is told to a sender whose push does not go on whole.
 *
 * @param code stable, for programs
 * @param message a hint for a person; nothing of the push is repeated in it
 */
public record Problem(int status, String code, String message, Map<String, String> headers) {

    public Problem {
        headers = Map.copyOf(headers);
    }

    /** Of this reason. */
    public static Problem of(Reason reason) {
        return of(reason, Map.of());
    }

    /** The same with more to say. */
    public static Problem of(Reason reason, String more) {
        return new Problem(reason.status(), reason.code(), reason.hint() + ": " + more, Map.of());
    }

    /** The same with headers of its own. */
    public static Problem of(Reason reason, Map<String, String> headers) {
        return new Problem(reason.status(), reason.code(), reason.hint(), headers);
    }

    /** The document of RFC 9457, on one line, with the members that InfluxDB's clients read. */
    String json(String error) {
        return "{\"type\":\"about:blank\",\"title\":\"" + Answer.phrase(status) + "\",\"status\":" + status
                + ",\"code\":\"" + code + "\",\"error\":\"" + escape(error) + "\",\"message\":\"" + escape(message)
                + "\"}";
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
