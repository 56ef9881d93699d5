package io.keyledger.ingest.gate;

import io.keyledger.table.KeyCheck;

/** What the key alone decides, before the body is looked at: steps 1 to 3 of the gate. */
public sealed interface Admission {

    /** The key may push; its hosts are looked at next. */
    record Admitted(KeyCheck.Valid key) implements Admission {}

    /** It may not, or nobody can tell. */
    record Stopped(Verdict.Stop verdict) implements Admission {}
}
