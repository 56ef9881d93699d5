package io.keyledger.key.ledger;

import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyEvent.SystemChanged;
import io.keyledger.event.KeyEvent.SystemRegistered;
import io.keyledger.event.KeyEvent.SystemRemoved;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.Command.RegisterSystem;
import io.keyledger.key.ledger.Command.RemoveSystem;
import io.keyledger.key.ledger.Command.RenameSystem;
import io.keyledger.key.ledger.LedgerState.SystemState;
import io.keyledger.key.ledger.Rejection.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides of Systems. */
final class SystemDecider {

    private SystemDecider() {}

    static Decision register(RegisterSystem command, Situation situation) {
        var id = command.systemId();
        if (situation.findSystem(id).isPresent()) {
            return Decision.reject(
                    Fact.INVALID, "Expected an id for a new System, but there is a System %s.".formatted(id));
        }
        var refusal = refuseName(id, command.name(), situation);
        return refusal.isPresent()
                ? new Decision.Rejected(refusal.get())
                : Decision.accept(List.of(new SystemRegistered(id, command.name())), answer(id, situation));
    }

    static Decision rename(RenameSystem command, Situation situation) {
        return situation.ofSystem(
                command.systemId(), command.expectedVersion(), system -> rename(system, command.name(), situation));
    }

    private static Decision rename(SystemState system, String name, Situation situation) {
        var refusal = refuseName(system.id(), name, situation);
        if (refusal.isPresent()) {
            return new Decision.Rejected(refusal.get());
        }
        return system.name().equals(name)
                ? Decision.unchanged(answer(system.id(), situation))
                : Decision.accept(
                        List.of(new SystemChanged(system.id(), name, system.overrideRequiredFrom())),
                        answer(system.id(), situation));
    }

    static Decision remove(RemoveSystem command, Situation situation) {
        return situation.ofSystem(command.systemId(), command.expectedVersion(), system -> remove(system, situation));
    }

    private static Decision remove(SystemState system, Situation situation) {
        if (system.hostCount() > 0) {
            return Decision.reject(
                    Fact.SYSTEM_HAS_HOSTS,
                    "Expected System \"%s\" (%s) without hosts, but %d are linked to it: unlink or move them first."
                            .formatted(system.name(), system.id(), system.hostCount()));
        }
        var events = new ArrayList<KeyEvent>();
        situation
                .findActiveOverride(system)
                .map(key -> Endings.ofKey(key, RevocationReason.DECOMMISSIONED, null, situation.now()))
                .ifPresent(events::addAll);
        events.add(new SystemRemoved(system.id(), system.name()));
        return Decision.accept(events, _ -> new Answer.Nothing());
    }

    /** The System after the change. */
    static Decision.AnswerOf answer(SystemId id, Situation situation) {
        var organization = situation.id();
        return after -> new Answer.OfSystem(after.findSystem(organization, id).orElseThrow());
    }

    private static Optional<Rejection> refuseName(SystemId id, String name, Situation situation) {
        return TextRules.refuseName("a System", name)
                .or(() -> situation
                        .state()
                        .findSystemNamed(situation.id(), name)
                        .filter(other -> !other.equals(id))
                        .map(other -> new Rejection(
                                Fact.SYSTEM_NAME_TAKEN,
                                "Expected a name that no other System has, but %s is called \"%s\"."
                                        .formatted(other, name))));
    }
}
