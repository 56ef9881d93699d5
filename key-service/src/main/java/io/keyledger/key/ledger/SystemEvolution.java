package io.keyledger.key.ledger;

import io.keyledger.event.HostName;
import io.keyledger.event.KeyEvent.HostsLinked;
import io.keyledger.event.KeyEvent.HostsUnlinked;
import io.keyledger.event.KeyEvent.SystemChanged;
import io.keyledger.event.KeyEvent.SystemRegistered;
import io.keyledger.event.KeyEvent.SystemRemoved;
import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.LedgerState.KeyState;
import io.keyledger.key.ledger.LedgerState.SystemState;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the events of Systems and their hosts change. */
final class SystemEvolution {

    private SystemEvolution() {}

    static void registered(SystemRegistered event, Evolution evolution) {
        evolution.organization();
        if (evolution.state().findSystem(evolution.id(), event.systemId()).isPresent()) {
            throw evolution.inapplicable("there is a System %s.".formatted(event.systemId()));
        }
        requireFreeName(event.name(), event.systemId(), evolution);
        evolution
                .state()
                .putSystem(
                        evolution.id(),
                        new SystemState(event.systemId(), event.name(), null, null, 0, evolution.at(), 1));
    }

    static void changed(SystemChanged event, Evolution evolution) {
        var system = require(event.systemId(), evolution);
        requireFreeName(event.name(), event.systemId(), evolution);
        if (event.overrideRequiredFrom() == null) {
            requireNoActiveOverride(system, evolution);
        }
        evolution
                .state()
                .putSystem(
                        evolution.id(),
                        new SystemState(
                                system.id(),
                                event.name(),
                                event.overrideRequiredFrom(),
                                event.overrideRequiredFrom() == null ? null : system.overrideKeyId(),
                                system.hostCount(),
                                system.createdAt(),
                                system.version() + 1));
    }

    static void removed(SystemRemoved event, Evolution evolution) {
        var system = require(event.systemId(), evolution);
        if (system.hostCount() != 0) {
            throw evolution.inapplicable(
                    "%d hosts are linked to System %s.".formatted(system.hostCount(), system.id()));
        }
        requireNoActiveOverride(system, evolution);
        evolution.state().removeSystem(evolution.id(), system);
    }

    static void hostsLinked(HostsLinked event, Evolution evolution) {
        var system = require(event.systemId(), evolution);
        var source = event.movedFrom();
        if (system.id().equals(source)) {
            throw evolution.inapplicable("the hosts would be moved from System %s to itself.".formatted(source));
        }
        requireLinked(event.hosts(), Optional.ofNullable(source), evolution);
        if (source != null) {
            var before = require(source, evolution);
            evolution
                    .state()
                    .putSystem(evolution.id(), before.withHosts(-event.hosts().size()));
        }
        for (var host : event.hosts()) {
            evolution.state().linkHost(evolution.id(), host, system.id());
        }
        evolution
                .state()
                .putSystem(evolution.id(), system.withHosts(event.hosts().size()));
    }

    static void hostsUnlinked(HostsUnlinked event, Evolution evolution) {
        var system = require(event.systemId(), evolution);
        requireLinked(event.hosts(), Optional.of(system.id()), evolution);
        for (var host : event.hosts()) {
            evolution.state().unlinkHost(evolution.id(), host, system.id());
        }
        evolution
                .state()
                .putSystem(evolution.id(), system.withHosts(-event.hosts().size()));
    }

    /** The System that the event names. */
    static SystemState require(@Nullable SystemId system, Evolution evolution) {
        return Optional.ofNullable(system)
                .flatMap(id -> evolution.state().findSystem(evolution.id(), id))
                .orElseThrow(() -> evolution.inapplicable("there is no System %s.".formatted(system)));
    }

    private static void requireFreeName(String name, SystemId system, Evolution evolution) {
        evolution
                .state()
                .findSystemNamed(evolution.id(), name)
                .filter(other -> !other.equals(system))
                .ifPresent(other -> {
                    throw evolution.inapplicable("System %s has that name.".formatted(other));
                });
    }

    private static void requireNoActiveOverride(SystemState system, Evolution evolution) {
        if (system.overrideKeyId() != null
                && evolution
                        .state()
                        .findKey(evolution.id(), system.overrideKeyId())
                        .filter(KeyState::active)
                        .isPresent()) {
            throw evolution.inapplicable("its override %s is active.".formatted(system.overrideKeyId()));
        }
    }

    private static void requireLinked(List<HostName> hosts, Optional<SystemId> expected, Evolution evolution) {
        if (new HashSet<>(hosts).size() != hosts.size()) {
            throw evolution.inapplicable("it names a host twice.");
        }
        for (var host : hosts) {
            var linked = evolution.state().findSystemOfHost(evolution.id(), host);
            if (!linked.equals(expected)) {
                throw evolution.inapplicable("host %s is linked to %s."
                        .formatted(host, linked.map(SystemId::toString).orElse("no System")));
            }
        }
    }
}
