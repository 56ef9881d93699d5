package io.keyledger.ingest.gate;

import io.keyledger.event.OrganizationId;
import io.keyledger.ingest.protocol.Reason;
import io.keyledger.table.Row.KeyRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the gate says of a push. Unknown is not "no": agents drop data on a refusal. */
public sealed interface Verdict {

    /** Whether a newer row could reverse what is refused here, so that it has to wait for a proof of freshness. */
    boolean reversible();

    /** Nothing of the push goes on. */
    sealed interface Stop extends Verdict {}

    /**
     * At least one host passes.
     *
     * @param hosts what is decided for each host of the push, in the order asked
     */
    record Allowed(KeyRow key, List<HostDecision> hosts) implements Verdict {
        public Allowed {
            hosts = List.copyOf(hosts);
        }

        /** Whether some lines are refused. */
        public boolean partly() {
            for (var host : hosts) {
                if (!host.passes()) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean reversible() {
            return partly();
        }
    }

    /**
     * The push is refused.
     *
     * @param key the row of the presented key, or null if there is none
     */
    record Denied(Denial denial, @Nullable KeyRow key, boolean reversible) implements Stop {

        /** One sentence that a person can act on; who holds a secret that was replaced is told since when. */
        public String hint() {
            return denial == Denial.SUPERSEDED_KEY && key != null
                    ? denial.hint() + " It has been refused since " + key.supersededAt() + "."
                    : denial.hint();
        }
    }

    /**
     * Nobody can tell now, and the agent has to come again.
     *
     * @param organization whose newer rows could settle it, or null if no proof would
     */
    record Unready(Cause cause, @Nullable OrganizationId organization) implements Stop {
        @Override
        public boolean reversible() {
            return organization != null;
        }
    }

    /** Why nobody can tell. */
    enum Cause implements Reason {
        /** A row cannot be read by this version, or one that belongs to it has not arrived. */
        ROW_UNREADY("A row that decides about this key or host cannot be read here."),
        /** The owner of the token is disabled. */
        SUSPENDED_KEY("The key is suspended, for its owner is disabled."),
        /** A refusal that could be reversed, and no proof came in time. */
        UNPROVEN("The Collector cannot prove in time that it has heard of the newest keys."),
        /** The tables are being loaded. */
        LOADING("The Collector is still loading its tables."),
        /** Too long without proof. */
        STALE("The Collector has been cut off for too long to know which keys hold."),
        /** Kafka does not take the telemetry. */
        LOG_AWAY("The log does not take the telemetry now."),
        /** Too much is in flight. */
        OVERLOADED("The Collector has as much in flight as it can hold."),
        /** The body took longer than it may. */
        SLOW_BODY("The body of the push arrives too slowly."),
        /** A fault of ours. */
        FAULT("The Collector met a fault of its own.");

        private final String hint;

        Cause(String hint) {
            this.hint = hint;
        }

        @Override
        public int status() {
            return 503;
        }

        @Override
        public String hint() {
            return hint;
        }
    }
}
