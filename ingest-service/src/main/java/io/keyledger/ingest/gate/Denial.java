package io.keyledger.ingest.gate;

import io.keyledger.credential.Presented.Flaw;
import io.keyledger.ingest.protocol.Reason;
import io.keyledger.table.KeyCheck;

/** Why a push, or a line of it, is refused. A key problem is loud: agents keep or drop their data by the status. */
public enum Denial implements Reason {
    MISSING_KEY(401, Flaw.MISSING_KEY.hint()),
    /** A bearer token is the console's; a key there would be taken for one. */
    BEARER_NOT_ACCEPTED(401, Flaw.BEARER_NOT_ACCEPTED.hint()),
    UNKNOWN_KEY(401, "This key is not known here: check that it was copied whole and belongs to this installation."),
    MALFORMED_KEY(401, "This is not a whole key: it is mistyped or was cut off, so copy it again."),
    REVOKED_KEY(401, "This key was revoked for ever: configure the agent with a current key."),
    SUPERSEDED_KEY(401, "This key was given a newer secret, which replaces this one: configure the agent with it."),
    EXPIRED_KEY(401, "This key's time is over: configure the agent with a current key."),
    AGENTS_INACTIVE(401, "The organization has switched its agents off: an administrator can make them active again."),
    PERMISSION_MISSING(403, "This key lacks the permission metrics:write: use a key that has it."),
    WRONG_KEY_FOR_HOST(
            401,
            "The host's System expects another key: a System with an override accepts its own key alone,"
                    + " and a System's key is for that System's hosts."),
    UNLINKED_HOST(401, "The organization refuses hosts that are linked to no System: link the host, or send its name.");

    private final int status;
    private final String hint;

    Denial(int status, String hint) {
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

    /** What the shared check calls it; a suspended key is no denial but "not now". */
    static Denial of(KeyCheck.Refusal refusal) {
        return switch (refusal) {
            case UNKNOWN_KEY -> UNKNOWN_KEY;
            case MALFORMED_KEY -> MALFORMED_KEY;
            case REVOKED_KEY -> REVOKED_KEY;
            case SUPERSEDED_KEY -> SUPERSEDED_KEY;
            case EXPIRED_KEY -> EXPIRED_KEY;
            case SUSPENDED_KEY -> throw new IllegalArgumentException("A suspended key is unready, not denied.");
        };
    }
}
