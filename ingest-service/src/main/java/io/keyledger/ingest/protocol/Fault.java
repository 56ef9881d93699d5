package io.keyledger.ingest.protocol;

import io.keyledger.credential.Presented.Flaw;

/** What is wrong with a request, whoever sends it: it never passes as it is. */
public enum Fault implements Reason {
    TWO_CREDENTIALS(400, Flaw.TWO_CREDENTIALS.hint()),
    KEY_IN_URL(400, Flaw.KEY_IN_URL.hint()),
    UNKNOWN_PRECISION(400, "The precision is none of ns, us, ms, s, m, h."),
    UNSUPPORTED_ENCODING(415, "The content encoding is none of gzip and identity."),
    UNSUPPORTED_MEDIA_TYPE(415, "This endpoint takes InfluxDB line protocol: set the agent's data format to influx."),
    BODY_UNREADABLE(400, "The body is not what its content encoding says, or it was cut off."),
    BODY_TOO_LARGE(413, "The push is larger than this Collector takes, make the agent's batches smaller"),
    LINE_TOO_LONG(400, "The push is one line, larger than this Collector takes"),
    NO_USABLE_LINE(400, "No line can be read as line protocol"),
    PARTIAL_WRITE(400, "partial write"),
    MALFORMED_REQUEST(
            400, "This is not an HTTP/1.1 request that can be read: its head is malformed or longer than 8 KiB."),
    METHOD_NOT_ALLOWED(405, "This path takes another method."),
    NOT_FOUND(404, "There is nothing here: line protocol goes to /api/v1/push, /write or /api/v2/write.");

    private final int status;
    private final String hint;

    Fault(int status, String hint) {
        this.status = status;
        this.hint = hint;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String hint() {
        return hint;
    }
}
