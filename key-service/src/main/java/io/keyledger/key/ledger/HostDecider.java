package io.keyledger.key.ledger;

import io.keyledger.event.HostName;
import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.Command.LinkHosts;
import io.keyledger.key.ledger.Command.ReplaceHosts;
import io.keyledger.key.ledger.Command.UnlinkHosts;
import io.keyledger.key.ledger.LedgerState.SystemState;
import io.keyledger.key.ledger.Rejection.Fact;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Decides which hosts belong to a System. */
final class HostDecider {

    private HostDecider() {}

    static Decision link(LinkHosts command, Situation situation) {
        var system = situation.findSystem(command.systemId());
        if (system.isEmpty()) {
            return Situation.noSuchSystem(command.systemId());
        }
        return decide(HostChanges.of(system.get(), command.hosts(), List.of(), situation), command.move(), situation);
    }

    static Decision replace(ReplaceHosts command, Situation situation) {
        return situation.ofSystem(
                command.systemId(), command.expectedVersion(), system -> replace(command, system, situation));
    }

    private static Decision replace(ReplaceHosts command, SystemState system, Situation situation) {
        // A System may have a million hosts: no more are read than could pass, and one that tells that they cannot.
        var readable = command.hosts().size() + Limits.HOST_CHANGES + 1;
        var surplus = new TreeSet<>(situation.state().hostsOf(situation.id(), system.id(), null, readable));
        command.hosts().forEach(surplus::remove);
        return decide(HostChanges.of(system, command.hosts(), surplus, situation), command.move(), situation);
    }

    static Decision unlink(UnlinkHosts command, Situation situation) {
        var found = situation.findSystem(command.systemId());
        if (found.isEmpty()) {
            return Situation.noSuchSystem(command.systemId());
        }
        var system = found.get();
        var hosts = new TreeSet<>(command.hosts());
        for (var host : hosts) {
            var linked = situation.state().findSystemOfHost(situation.id(), host);
            if (!linked.equals(Optional.of(system.id()))) {
                return Decision.reject(
                        Fact.HOST_NOT_LINKED,
                        "Expected host %s to be linked to System \"%s\" (%s), but it is linked to %s."
                                .formatted(
                                        host,
                                        system.name(),
                                        system.id(),
                                        linked.map(other -> named(other, situation))
                                                .orElse("none")));
            }
        }
        return decide(HostChanges.of(system, List.of(), hosts, situation), false, situation);
    }

    private static Decision decide(HostChanges changes, boolean move, Situation situation) {
        if (!move && !changes.elsewhere().isEmpty()) {
            return refuseLinkedElsewhere(changes.elsewhere(), situation);
        }
        if (changes.count() > Limits.HOST_CHANGES) {
            return refuseTooMany(changes.count());
        }
        var organization = situation.id();
        var system = changes.system().id();
        return Decision.accept(
                changes.events(),
                after -> new Answer.OfHosts(
                        after.findSystem(organization, system).orElseThrow(), changes.linked(), changes.unlinked()));
    }

    private static Decision refuseLinkedElsewhere(Map<SystemId, List<HostName>> elsewhere, Situation situation) {
        var system = elsewhere.keySet().iterator().next();
        var host = elsewhere.values().iterator().next().getFirst();
        var others = elsewhere.values().stream().mapToInt(Collection::size).sum() - 1;
        return new Decision.Rejected(linkedElsewhere(
                host, system, others == 0 ? "" : ", and %d more to it or to others".formatted(others), situation));
    }

    /** Why a host that is linked to another System is not linked. */
    static Rejection linkedElsewhere(HostName host, SystemId system, String others, Situation situation) {
        return new Rejection(
                Fact.HOST_LINKED_ELSEWHERE,
                "Expected hosts that are linked to no other System, but %s is linked to %s%s: unlink there, or ask to move."
                        .formatted(host, named(system, situation), others));
    }

    /** Why so many hosts are not changed. */
    static Decision refuseTooMany(int count) {
        return Decision.reject(
                Fact.TOO_MANY_CHANGES,
                "Expected at most %d hosts to be linked or unlinked at once, but there are %d: send them in parts."
                        .formatted(Limits.HOST_CHANGES, count));
    }

    private static String named(SystemId id, Situation situation) {
        return situation
                .findSystem(id)
                .map(system -> "System \"%s\" (%s)".formatted(system.name(), id))
                .orElse("System " + id);
    }
}
