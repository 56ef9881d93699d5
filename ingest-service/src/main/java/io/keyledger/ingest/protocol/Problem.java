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

    /** Without headers of its own. */
    public Problem(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    /** A request that never passes as it is. */
    public static Problem of(Fault fault) {
        return new Problem(fault.status(), fault.code(), fault.hint());
    }

    /** The same with more to say. */
    public static Problem of(Fault fault, String more) {
        return new Problem(fault.status(), fault.code(), fault.hint() + ": " + more);
    }

    /** The document of RFC 9457, on one line, with the members that InfluxDB's clients read. */
    String json(String error) {
        return "{\"type\":\"about:blank\",\"title\":\"" + title() + "\",\"status\":" + status + ",\"code\":\"" + code
                + "\",\"error\":\"" + escape(error) + "\",\"message\":\"" + escape(message) + "\"}";
    }

    private String title() {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 503 -> "Service Unavailable";
            default -> "Error";
        };
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
