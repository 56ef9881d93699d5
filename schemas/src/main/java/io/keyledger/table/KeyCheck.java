package io.keyledger.table;

import io.keyledger.event.Permission;
import io.keyledger.table.Row.KeyRow;
import io.keyledger.table.Row.OrganizationRow;
import java.util.Set;

/** The check of a presented key that every service shares: steps 1 to 3 of the gate (DESIGN.md, section 6). */
public final class KeyCheck {

    /** What the tables say of a presented key. */
    public sealed interface Result {

        /**
         * The key counts.
         *
         * @param permissions what it may do now: a token's own ones clamped to its owner's role
         */
        record Valid(KeyRow key, OrganizationRow organization, Set<Permission> permissions) implements Result {}

        /** The key does not count. */
        record Refused(Refusal refusal) implements Result {}

        /** Nobody can tell: a row cannot be read, or a row that belongs to it has not arrived. */
        record Unready() implements Result {}
    }

    /** Why a key does not count; its name in lower case is the stable code of the error. */
    public enum Refusal {
        UNKNOWN_KEY(true),
        /** Of no format that a key has, or of ours with a wrong checksum: mistyped or cut off. */
        MALFORMED_KEY(false),
        REVOKED_KEY(false),
        /** Past its time, superseded, or made before a {@code notBefore}. */
        EXPIRED_KEY(true),
        /** Its owner is disabled: not now, rather than no. */
        SUSPENDED_KEY(true);

        private final boolean reversible;

        Refusal(boolean reversible) {
            this.reversible = reversible;
        }

        /** Whether a newer row could reverse it, so that it must wait for a proof of freshness. */
        public boolean reversible() {
            return reversible;
        }
    }

    private KeyCheck() {}
}
