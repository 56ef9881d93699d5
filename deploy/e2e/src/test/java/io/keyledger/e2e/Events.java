package io.keyledger.e2e;

import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.RecordType;
import io.keyledger.event.CommandId;
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
        return all.stream()
                .filter(event -> event.organizationId().toString().equals(tenant.organization())
                        && event.event() instanceof KeyRegenerated regenerated
                        && regenerated.key().kind() == KeyKind.GLOBAL)
                .count();
    }

    /** How often a System of this name was registered. */
    long registrationsOf(Tenant tenant, String name) {
        return all.stream()
                .filter(event -> event.organizationId().toString().equals(tenant.organization())
                        && event.event() instanceof SystemRegistered registered
                        && registered.name().equals(name))
                .count();
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
}
