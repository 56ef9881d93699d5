package io.keyledger.key.ledger;

import io.keyledger.event.HostName;
import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.Answer.RefusedHost;
import io.keyledger.key.ledger.Command.LinkEachHost;
import io.keyledger.key.ledger.Command.UnlinkOtherHosts;
import io.keyledger.key.ledger.LedgerState.SystemState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides of the parts of a change of hosts that is too large for one command: each stands for itself. */
final class HostPartDecider {

    private HostPartDecider() {}

    static Decision link(LinkEachHost command, Situation situation) {
        return situation.ofSystem(
                command.systemId(), command.expectedVersion(), system -> link(command, system, situation));
    }

    private static Decision link(LinkEachHost command, SystemState system, Situation situation) {
        if (command.hosts().size() > Limits.HOST_CHANGES) {
            return HostDecider.refuseTooMany(command.hosts().size());
        }
        var all = HostChanges.of(system, command.hosts(), List.of(), situation);
        if (command.move()) {
            return accept(all, List.of(), null);
        }
        var refused = new ArrayList<RefusedHost>();
        all.elsewhere().forEach((other, hosts) -> hosts.forEach(host -> refused.add(refused(host, other, situation))));
        return accept(new HostChanges(system, all.fresh(), Map.of(), List.of()), refused, null);
    }

    static Decision unlink(UnlinkOtherHosts command, Situation situation) {
        var system = situation.findSystem(command.systemId());
        if (system.isEmpty()) {
            return Situation.noSuchSystem(command.systemId());
        }
        return command.kept().size() > Limits.HOST_CHANGES
                ? HostDecider.refuseTooMany(command.kept().size())
                : unlink(command, system.get(), situation);
    }

    private static Decision unlink(UnlinkOtherHosts command, SystemState system, Situation situation) {
        var kept = new HashSet<>(command.kept());
        var most = kept.size() + Limits.HOST_CHANGES;
        var hosts = situation.state().hostsOf(situation.id(), system.id(), command.after(), most);
        var surplus = new ArrayList<HostName>();
        for (var host : hosts) {
            if (isPast(host, command.through())) {
                return unlink(system, surplus, null);
            }
            if (!kept.contains(host)) {
                surplus.add(host);
            }
            if (surplus.size() == Limits.HOST_CHANGES) {
                return unlink(system, surplus, host);
            }
        }
        return unlink(system, surplus, hosts.size() < most ? null : hosts.getLast());
    }

    private static boolean isPast(HostName host, @Nullable HostName through) {
        return through != null && host.compareTo(through) > 0;
    }

    private static Decision unlink(SystemState system, List<HostName> surplus, @Nullable HostName next) {
        return accept(new HostChanges(system, List.of(), Map.of(), surplus), List.of(), next);
    }

    private static Decision accept(HostChanges changes, List<RefusedHost> refused, @Nullable HostName next) {
        var answer = new Answer.OfSomeHosts(
                changes.linked().size(), changes.unlinked().size(), refused, next);
        return Decision.accept(changes.events(), _ -> answer);
    }

    private static RefusedHost refused(HostName host, SystemId other, Situation situation) {
        return new RefusedHost(host, HostDecider.linkedElsewhere(host, other, "", situation));
    }
}
