package io.keyledger.key.receipt;

/** How a Collector stands, as far as its statuses tell. */
public enum Standing {
    /** Heard of a moment ago, its tables are current. */
    LIVE,
    /** Heard of, but still loading, cut off from the tables, or with rows that it cannot read. */
    LAGGING,
    /** Not heard of: paused, cut off or dead; nobody can tell which until it has fenced itself. */
    SILENT,
    /** It said good-bye, or it is silent for so long that it serves nobody any more. */
    GONE
}
