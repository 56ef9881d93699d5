package io.keyledger.event;

/** What a key is for (DESIGN.md, section 5). */
public enum KeyKind {
    /** A Collector key: one per organization, for hosts whose System has no override. */
    GLOBAL,
    /** A Collector key: at most one per System, for that System's hosts and nothing else. */
    SYSTEM,
    /** An API key: named, for agents and pipelines. */
    ORGANIZATION,
    /** A token: belongs to a user. */
    USER
}
