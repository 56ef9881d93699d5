package io.keyledger.key.ledger;

import io.keyledger.event.KeyEvent;
import io.keyledger.event.LedgerEvent;
import io.keyledger.key.ledger.Command.ChangeSettings;
import io.keyledger.key.ledger.Command.CreateOrganization;
import io.keyledger.key.ledger.Command.CreateOverride;
import io.keyledger.key.ledger.Command.FinishOverlap;
import io.keyledger.key.ledger.Command.LinkEachHost;
import io.keyledger.key.ledger.Command.LinkHosts;
import io.keyledger.key.ledger.Command.ProvisionOwnerToken;
import io.keyledger.key.ledger.Command.RegenerateCollectorKey;
import io.keyledger.key.ledger.Command.RegisterSystem;
import io.keyledger.key.ledger.Command.RemoveOverride;
import io.keyledger.key.ledger.Command.RemoveSystem;
import io.keyledger.key.ledger.Command.RenameSystem;
import io.keyledger.key.ledger.Command.ReplaceHosts;
import io.keyledger.key.ledger.Command.RevealCollectorKey;
import io.keyledger.key.ledger.Command.RevokeCollectorKey;
import io.keyledger.key.ledger.Command.UnlinkHosts;
import io.keyledger.key.ledger.Command.UnlinkOtherHosts;
import io.keyledger.key.ledger.Command.WithdrawOwnerToken;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The rules: what becomes of a command, what an event changes, which rows follow from it. */
public final class Ledger {

    private Ledger() {}

    /**
     * Decides what becomes of a command. Changes nothing.
     *
     * @param now ledger time, as {@link LedgerSequence#timeOf} gives it
     */
    public static Decision decide(CommandRequest request, LedgerState state, Instant now) {
        var situation = new Situation(request.organizationId(), state, now);
        var refusal = Rights.refuse(request, situation);
        if (refusal.isPresent()) {
            return new Decision.Rejected(refusal.get());
        }
        return switch (request.command()) {
            case CreateOrganization command -> OrganizationDecider.create(command, situation);
            case ProvisionOwnerToken command -> OwnerTokenDecider.provision(command, situation);
            case WithdrawOwnerToken _ -> OwnerTokenDecider.withdraw(situation);
            case ChangeSettings command -> SettingsDecider.change(command, situation);
            case RegisterSystem command -> SystemDecider.register(command, situation);
            case RenameSystem command -> SystemDecider.rename(command, situation);
            case RemoveSystem command -> SystemDecider.remove(command, situation);
            case LinkHosts command -> HostDecider.link(command, situation);
            case ReplaceHosts command -> HostDecider.replace(command, situation);
            case LinkEachHost command -> HostPartDecider.link(command, situation);
            case UnlinkOtherHosts command -> HostPartDecider.unlink(command, situation);
            case UnlinkHosts command -> HostDecider.unlink(command, situation);
            case CreateOverride command -> OverrideDecider.create(command, situation);
            case RemoveOverride command -> OverrideDecider.remove(command, situation);
            case RegenerateCollectorKey command -> CollectorKeyDecider.regenerate(command, situation);
            case FinishOverlap command -> CollectorKeyDecider.finish(command, situation);
            case RevokeCollectorKey command -> CollectorKeyDecider.revoke(command, situation);
            case RevealCollectorKey command -> CollectorKeyDecider.reveal(command, situation);
        };
    }

    /**
     * Applies an event to the state, live and on replay alike. An event that the state has already changes nothing.
     *
     * @return whether the state has changed; false: the state had the event
     * @throws InapplicableEvent if the event cannot follow on this state, of which parts may have changed: give up on it
     */
    public static boolean evolve(LedgerState state, LedgerEvent event) {
        return new Evolution(state, event).apply();
    }

    /**
     * The rows that follow from an event, in the order in which to write them.
     *
     * @param after the state after this event, and before the next
     */
    public static List<RowChange> project(LedgerEvent event, LedgerState after) {
        return new Projection(event, after).changes();
    }

    /** The tables in which an event of this kind changes rows; of a kind that this version does not know, any. */
    public static Set<String> tables(KeyEvent event) {
        return Projection.tables(event);
    }

    /**
     * {@link #evolve}, then {@link #project}: no rows for an event that the state had.
     *
     * @throws InapplicableEvent as {@link #evolve} does
     */
    public static List<RowChange> apply(LedgerState state, LedgerEvent event) {
        return evolve(state, event) ? project(event, state) : List.of();
    }

    /**
     * What goes into {@code sealed-secrets} and {@code data-keys} with a command's events, in the same transaction.
     *
     * @param events those that the command has caused, in their envelopes
     */
    public static List<SourceChange> sources(CommandRequest request, List<LedgerEvent> events) {
        return new Sources(request).changes(events);
    }
}
