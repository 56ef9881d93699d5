package io.keyledger.key.ledger;

/**
 * Why a command was refused.
 *
 * @param fact the stable code, in lower case in the API
 * @param message a sentence that names the offending value and what would be right
 */
public record Rejection(Fact fact, String message) {

    /** The kinds of refusal; the edge maps each to one status code. */
    public enum Fact {
        ORGANIZATION_NOT_FOUND,
        ORGANIZATION_ALREADY_EXISTS,
        SYSTEM_NOT_FOUND,
        SYSTEM_NAME_TAKEN,
        SYSTEM_HAS_HOSTS,
        HOST_LINKED_ELSEWHERE,
        HOST_NOT_LINKED,
        TOO_MANY_CHANGES,
        OVERRIDE_ALREADY_ACTIVE,
        KEY_NOT_FOUND,
        ALREADY_REVOKED,
        OVERLAP_OUT_OF_RANGE,
        NO_OVERLAP,
        SECRET_ALREADY_USED,
        SECRET_REVOKED,
        NOT_PERMITTED,
        VERSION_MISMATCH,
        IDEMPOTENCY_KEY_REUSED,
        /** What came of the first request is not known here: another version has kept the answer. */
        IDEMPOTENT_ANSWER_UNREADABLE,
        PAST_DEADLINE,
        TOO_LARGE,
        UNREADABLE_COMMAND,
        INVALID,
        /** The rules themselves failed: counted, reported, nothing written. */
        FAILED
    }
}
