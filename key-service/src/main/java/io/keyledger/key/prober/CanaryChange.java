package io.keyledger.key.prober;

/** What the prober changes, and what its Collectors have to answer then. */
public enum CanaryChange {
    /** The organization's Active flag goes off. */
    DEACTIVATED(PushReply.REFUSED),
    /** It goes on. */
    ACTIVATED(PushReply.ACCEPTED),
    KEY_REVOKED(PushReply.REFUSED),
    KEY_MADE(PushReply.ACCEPTED);

    private final PushReply wanted;

    CanaryChange(PushReply wanted) {
        this.wanted = wanted;
    }

    /** The answer to a push once a Collector has followed. */
    public PushReply wanted() {
        return wanted;
    }

    /** The answer before it. */
    PushReply before() {
        return wanted == PushReply.REFUSED ? PushReply.ACCEPTED : PushReply.REFUSED;
    }
}
