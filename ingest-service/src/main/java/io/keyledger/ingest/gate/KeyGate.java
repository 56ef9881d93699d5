package io.keyledger.ingest.gate;

import io.keyledger.event.HostName;
import io.keyledger.event.KeyKind;
import io.keyledger.event.MixedBatches;
import io.keyledger.event.Permission;
import io.keyledger.event.UnlinkedHosts;
import io.keyledger.table.KeyCheck;
import io.keyledger.table.LedgerTables;
import io.keyledger.table.Link;
import io.keyledger.table.Row.SystemRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides about a push: the key first, then the hosts of its payload (DESIGN.md, section 6, steps 1 to 5). Pure: it
 * waits for nothing; a {@link Verdict#reversible} refusal is for the caller to ask again after a proof of freshness.
 */
public final class KeyGate {

    private final LedgerTables tables;
    private final KeyCheck check;

    public KeyGate(LedgerTables tables) {
        this.tables = tables;
        this.check = new KeyCheck(tables);
    }

    /**
     * Looks at the key alone.
     *
     * @param secret as the client sent it, without surrounding blanks; null: none
     * @param needed the permission that the endpoint asks for
     */
    public Admission admit(@Nullable String secret, Permission needed, Instant now) {
        if (secret == null) {
            return stop(new Verdict.Denied(Denial.MISSING_KEY, null, false));
        }
        return switch (check.check(secret, now)) {
            case KeyCheck.Valid valid -> admit(valid, needed);
            case KeyCheck.Refused refused -> stop(refused(refused));
            case KeyCheck.Unready(var organization) ->
                stop(new Verdict.Unready(Verdict.Cause.ROW_UNREADY, organization));
        };
    }

    private static Admission admit(KeyCheck.Valid valid, Permission needed) {
        if (!valid.organization().settings().agentsActive()) {
            return stop(new Verdict.Denied(Denial.AGENTS_INACTIVE, valid.key(), true));
        }
        if (!valid.may(needed)) {
            return stop(new Verdict.Denied(Denial.PERMISSION_MISSING, valid.key(), true));
        }
        return new Admission.Admitted(valid);
    }

    private static Verdict.Stop refused(KeyCheck.Refused refused) {
        if (refused.refusal() == KeyCheck.Refusal.SUSPENDED_KEY) {
            var key = refused.key();
            return new Verdict.Unready(Verdict.Cause.SUSPENDED_KEY, key == null ? null : key.organizationId());
        }
        return new Verdict.Denied(Denial.of(refused.refusal()), refused.key(), refused.reversible());
    }

    private static Admission stop(Verdict.Stop verdict) {
        return new Admission.Stopped(verdict);
    }

    /**
     * Looks at the hosts of an admitted push.
     *
     * @param hosts each distinct host of the payload; empty for the lines without a usable host, which count as unlinked
     */
    public Verdict decide(Admission.Admitted admitted, List<Optional<HostName>> hosts, Instant now) {
        var organization = admitted.key().key().organizationId();
        var decisions = new ArrayList<HostDecision>(hosts.size());
        for (var host : hosts) {
            switch (host.isEmpty() ? new Link.Unlinked() : tables.link(organization, host.get())) {
                case Link.Unlinked _ -> decisions.add(unlinked(admitted));
                case Link.Linked(var system) -> decisions.add(linked(admitted, system, now));
                // One host that nobody can tell about makes the whole push wait: what passes would come again with it.
                case Link.Unknown(var awaited) -> {
                    return new Verdict.Unready(Verdict.Cause.ROW_UNREADY, awaited);
                }
            }
        }
        return combine(admitted, decisions);
    }

    private static Verdict combine(Admission.Admitted admitted, List<HostDecision> decisions) {
        @Nullable Denial first = null;
        var refused = 0;
        for (var decision : decisions) {
            if (decision.denial() != null) {
                first = first == null ? decision.denial() : first;
                refused++;
            }
        }
        var key = admitted.key().key();
        var reject = admitted.key().organization().settings().mixedBatches() == MixedBatches.REJECT;
        if (first != null && (reject || refused == decisions.size())) {
            return new Verdict.Denied(first, key, true);
        }
        return new Verdict.Allowed(key, decisions);
    }

    private static HostDecision unlinked(Admission.Admitted admitted) {
        if (admitted.key().key().kind() == KeyKind.SYSTEM) {
            return new HostDecision(null, Denial.WRONG_KEY_FOR_HOST);
        }
        var accepted = admitted.key().organization().settings().unlinkedHosts() == UnlinkedHosts.ACCEPT;
        return new HostDecision(null, accepted ? null : Denial.UNLINKED_HOST);
    }

    private static HostDecision linked(Admission.Admitted admitted, SystemRow system, Instant now) {
        return new HostDecision(system.systemId(), passes(admitted, system, now) ? null : Denial.WRONG_KEY_FOR_HOST);
    }

    private static boolean passes(Admission.Admitted admitted, SystemRow system, Instant now) {
        var key = admitted.key().key();
        var requiredFrom = system.overrideRequiredFrom();
        if (key.kind() == KeyKind.SYSTEM) {
            return requiredFrom != null && system.systemId().equals(key.systemId());
        }
        // A grace period is a later instant: until then all that passed before passes on.
        return requiredFrom == null || now.isBefore(requiredFrom);
    }
}
