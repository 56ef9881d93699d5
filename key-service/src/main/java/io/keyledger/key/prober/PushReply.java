package io.keyledger.key.prober;

/** What a Collector answers a canary push. */
public enum PushReply {
    /** 2xx. */
    ACCEPTED,
    /** 401 or 403. */
    REFUSED,
    /** 503: nobody can tell now. */
    UNREADY,
    /** Another status: something else answers there. */
    UNEXPECTED,
    /** No answer in time, or none at all. */
    UNREACHABLE;

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;

    /** What a status code means. */
    static PushReply of(int status) {
        return switch (status) {
            case UNAUTHORIZED, FORBIDDEN -> REFUSED;
            case UNAVAILABLE -> UNREADY;
            default -> status / 100 == 2 ? ACCEPTED : UNEXPECTED;
        };
    }
}
