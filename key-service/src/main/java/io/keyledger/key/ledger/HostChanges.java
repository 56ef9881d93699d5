package io.keyledger.key.ledger;

import io.keyledger.event.HostName;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyEvent.HostsLinked;
import io.keyledger.event.KeyEvent.HostsUnlinked;
import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.LedgerState.SystemState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The difference that a command makes, in the order of the names.
 *
 * @param fresh hosts to link that belong to no System
 * @param elsewhere hosts to link that belong to another System, by that System
 * @param unlinked hosts to unlink
 */
record HostChanges(
        SystemState system, List<HostName> fresh, Map<SystemId, List<HostName>> elsewhere, List<HostName> unlinked) {

    static HostChanges of(
            SystemState system, Collection<HostName> wanted, Collection<HostName> surplus, Situation situation) {
        var fresh = new ArrayList<HostName>();
        var elsewhere = new TreeMap<SystemId, List<HostName>>();
        for (var host : new TreeSet<>(wanted)) {
            var linked = situation.state().findSystemOfHost(situation.id(), host);
            if (linked.isEmpty()) {
                fresh.add(host);
            } else if (!linked.get().equals(system.id())) {
                elsewhere.computeIfAbsent(linked.get(), _ -> new ArrayList<>()).add(host);
            }
        }
        return new HostChanges(system, fresh, elsewhere, List.copyOf(surplus));
    }

    int count() {
        return linked().size() + unlinked.size();
    }

    List<HostName> linked() {
        var linked = new TreeSet<>(fresh);
        elsewhere.values().forEach(linked::addAll);
        return List.copyOf(linked);
    }

    List<KeyEvent> events() {
        var events = new ArrayList<KeyEvent>();
        if (!unlinked.isEmpty()) {
            events.add(new HostsUnlinked(system.id(), unlinked));
        }
        if (!fresh.isEmpty()) {
            events.add(new HostsLinked(system.id(), fresh, null));
        }
        elsewhere.forEach((source, hosts) -> events.add(new HostsLinked(system.id(), hosts, source)));
        return events;
    }
}
