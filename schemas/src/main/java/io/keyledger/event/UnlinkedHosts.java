package io.keyledger.event;

/** What becomes of a line whose host is linked to no System, or that has no host. */
public enum UnlinkedHosts {
    ACCEPT,
    REJECT
}
