package io.keyledger.audit.record;

import io.keyledger.audit.chain.Bytes;
import io.keyledger.audit.chain.Evidence;

/** A record of the log with one part of it changed, as nobody may. */
public final class Forged {

    private Forged() {}

    /** At another place of the log. */
    static Evidence offset(Evidence e, long offset) {
        return forge(e, offset, e.fingerprint(), e.revision(), e.body(), e.leaf(), e.chain());
    }

    /** Written with a schema that nobody knows. */
    static Evidence fingerprint(Evidence e, Bytes fingerprint) {
        return forge(e, e.offset(), fingerprint, e.revision(), e.body(), e.leaf(), e.chain());
    }

    /** Under another revision. */
    static Evidence revision(Evidence e, long revision) {
        return forge(e, revision - 1, e.fingerprint(), revision, e.body(), e.leaf(), e.chain());
    }

    /** Saying something else. */
    public static Evidence body(Evidence e, Bytes body) {
        return forge(e, e.offset(), e.fingerprint(), e.revision(), body, e.leaf(), e.chain());
    }

    /** Saying something else, with the leaf that goes with it. */
    public static Evidence bodyAndLeaf(Evidence e, Bytes body, Bytes leaf) {
        return forge(e, e.offset(), e.fingerprint(), e.revision(), body, leaf, e.chain());
    }

    /** In another chain. */
    static Evidence chain(Evidence e, Bytes chain) {
        return forge(e, e.offset(), e.fingerprint(), e.revision(), e.body(), e.leaf(), chain);
    }

    private static Evidence forge(
            Evidence e, long offset, Bytes fingerprint, long revision, Bytes body, Bytes leaf, Bytes chain) {
        return new Evidence(e.partition(), offset, e.schemaId(), fingerprint, e.key(), revision, body, leaf, chain);
    }
}
