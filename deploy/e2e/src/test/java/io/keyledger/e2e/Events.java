package io.keyledger.e2e;

import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.RecordType;
import io.keyledger.event.CommandId;
import io.keyledger.event.HostName;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyEvent.HostsLinked;
import io.keyledger.event.KeyEvent.HostsUnlinked;
import io.keyledger.event.KeyEvent.KeyRegenerated;
import io.keyledger.event.KeyEvent.SystemRegistered;
import io.keyledger.event.KeyKind;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** All events of the ledger, as they stand in Kafka, and what they say about the commands that made them. */
record Events(List<LedgerEvent> all) {

    static Events of(Suite suite, LedgerCodec codec) {
        return new Events(KafkaLog.readAll(suite.broker.bootstrapServers(), Topics.KEY_EVENTS).stream()
                .map(record -> codec.decode(RecordType.KEY_EVENTS, record.value(), record.headers())
                        .orThrow())
                .toList());
    }

    /** How often a regeneration of the organization's global key was applied. */
    long regenerationsOf(Tenant tenant) {
        return of(tenant, KeyRegenerated.class)
                .filter(regenerated -> regenerated.key().kind() == KeyKind.GLOBAL)
                .count();
    }

    /** How often a System of this name was registered. */
    long registrationsOf(Tenant tenant, String name) {
        return of(tenant, SystemRegistered.class)
                .filter(registered -> registered.name().equals(name))
                .count();
    }

    /** Each host that was linked, as often as it was. */
    Stream<String> linkedBy(Tenant tenant) {
        return of(tenant, HostsLinked.class)
                .flatMap(linked -> linked.hosts().stream())
                .map(HostName::value);
    }

    /** Each host that was unlinked, as often as it was. */
    Stream<String> unlinkedBy(Tenant tenant) {
        return of(tenant, HostsUnlinked.class)
                .flatMap(unlinked -> unlinked.hosts().stream())
                .map(HostName::value);
    }

    /** Commands whose events do not stand together: applied more than once. */
    List<CommandId> scattered() {
        var seen = new HashSet<CommandId>();
        var scattered = new ArrayList<CommandId>();
        var last = new HashMap<OrganizationId, CommandId>();
        for (var event : all) {
            var before = last.put(event.organizationId(), event.commandId());
            if (!event.commandId().equals(before) && !seen.add(event.commandId())) {
                scattered.add(event.commandId());
            }
        }
        return scattered;
    }

    private <E extends KeyEvent> Stream<E> of(Tenant tenant, Class<E> type) {
        return all.stream()
                .filter(event -> event.organizationId().toString().equals(tenant.organization()))
                .map(LedgerEvent::event)
                .filter(type::isInstance)
                .map(type::cast);
    }
}
