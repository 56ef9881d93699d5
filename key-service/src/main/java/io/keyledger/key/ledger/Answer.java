package io.keyledger.key.ledger;

import io.keyledger.event.HostName;
import io.keyledger.key.ledger.LedgerState.KeyState;
import io.keyledger.key.ledger.LedgerState.OrganizationState;
import io.keyledger.key.ledger.LedgerState.SystemState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the caller gets to see of the state after the change. */
public sealed interface Answer {

    /**
     * An organization.
     *
     * @param ownerToken the provisioned token's record, or null
     */
    record OfOrganization(
            OrganizationState organization, @Nullable KeyState ownerToken) implements Answer {}

    /** A System. */
    record OfSystem(SystemState system) implements Answer {}

    /** What changed of a System's hosts. */
    record OfHosts(SystemState system, List<HostName> linked, List<HostName> unlinked) implements Answer {
        public OfHosts {
            linked = List.copyOf(linked);
            unlinked = List.copyOf(unlinked);
        }
    }

    /**
     * What became of a part of a System's hosts.
     *
     * @param refused those that could not be linked
     * @param next the name past which there is more to unlink, or null: that was all
     */
    record OfSomeHosts(
            int linked,
            int unlinked,
            List<RefusedHost> refused,
            @Nullable HostName next) implements Answer {
        public OfSomeHosts {
            refused = List.copyOf(refused);
        }
    }

    /** A host that could not be linked. */
    record RefusedHost(HostName host, Rejection why) {}

    /**
     * A key.
     *
     * @param system of an override
     * @param sealed after a reveal alone, for the edge to open; the rules leave it null, for sealed secrets are no part
     *     of the state: the processor adds it
     */
    record OfKey(
            KeyState key,
            @Nullable SystemState system,
            @Nullable SealedSecret sealed) implements Answer {

        /** The same with the secret, sealed. */
        public OfKey withSealed(SealedSecret secret) {
            return new OfKey(key, system, secret);
        }
    }

    /** Nothing to show. */
    record Nothing() implements Answer {}
}
