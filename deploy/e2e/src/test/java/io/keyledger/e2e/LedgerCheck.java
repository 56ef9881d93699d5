package io.keyledger.e2e;

import io.keyledger.codec.Chain;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.LedgerHeaders;
import io.keyledger.codec.RecordType;
import io.keyledger.event.CommandId;
import io.keyledger.event.KeyEvent.KeyRegenerated;
import io.keyledger.event.KeyEvent.SystemRegistered;
import io.keyledger.event.KeyKind;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.InMemoryLedgerState;
import io.keyledger.key.ledger.Ledger;
import io.keyledger.key.ledger.RowChange;
import io.keyledger.table.Row;
import io.keyledger.table.RowKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The whole ledger read once more from Kafka: numbers, chain, and the tables that the events give. */
record LedgerCheck(List<LedgerEvent> events, List<String> problems) {

    static LedgerCheck of(Suite suite) {
        var bootstrap = suite.broker.bootstrapServers();
        var codec = new LedgerCodec(Schemas.of(suite));
        var ledgerId = UUID.fromString(new String(
                KafkaLog.readAll(bootstrap, Topics.LEDGER_ID).getFirst().value(), StandardCharsets.UTF_8));
        var events = new ArrayList<LedgerEvent>();
        var problems = new ArrayList<String>();
        var derived = new HashMap<RowKey, Row>();
        var state = new InMemoryLedgerState();
        var revisions = new HashMap<Integer, Long>();
        var chains = new HashMap<Integer, byte[]>();
        var organizations = new HashMap<OrganizationId, Long>();
        for (var record : KafkaLog.readAll(bootstrap, Topics.KEY_EVENTS)) {
            var event = codec.decode(RecordType.KEY_EVENTS, record.value(), record.headers())
                    .orThrow();
            events.add(event);
            var place = "event " + event.eventId() + " at " + record.topic() + "-" + record.partition() + "@"
                    + record.offset();
            if (event.revision() != revisions.getOrDefault(record.partition(), 0L) + 1) {
                problems.add(place + ": revision " + event.revision() + " after " + revisions.get(record.partition()));
            }
            revisions.put(record.partition(), event.revision());
            if (event.organizationRevision() != organizations.getOrDefault(event.organizationId(), 0L) + 1) {
                problems.add(place + ": organization revision " + event.organizationRevision());
            }
            organizations.put(event.organizationId(), event.organizationRevision());
            var chain = chain(
                    chains.computeIfAbsent(record.partition(), partition -> Chain.genesis(ledgerId, partition)),
                    record);
            if (!Arrays.equals(
                    chain,
                    LedgerHeaders.find(record.headers(), Topics.HEADER_CHAIN).orElse(null))) {
                problems.add(place + ": the chain is broken");
            }
            chains.put(record.partition(), chain);
            for (var change : Ledger.apply(state, event)) {
                switch (change) {
                    case RowChange.Put put -> derived.put(put.key(), put.row());
                    case RowChange.Remove remove -> derived.remove(remove.key());
                }
            }
        }
        compare(derived, live(bootstrap, codec), problems);
        return new LedgerCheck(events, problems);
    }

    /** How often a regeneration of the organization's global key was applied. */
    long regenerationsOf(Tenant tenant) {
        return events.stream()
                .filter(event -> event.organizationId().toString().equals(tenant.organization())
                        && event.event() instanceof KeyRegenerated regenerated
                        && regenerated.key().kind() == KeyKind.GLOBAL)
                .count();
    }

    /** How often a System of this name was registered. */
    long registrationsOf(Tenant tenant, String name) {
        return events.stream()
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
        for (var event : events) {
            var before = last.put(event.organizationId(), event.commandId());
            if (!event.commandId().equals(before) && !seen.add(event.commandId())) {
                scattered.add(event.commandId());
            }
        }
        return scattered;
    }

    private static byte[] chain(byte[] previous, ConsumerRecord<byte[], byte[]> record) {
        var leaf = Chain.leafOfValue(
                RecordType.KEY_EVENTS.fingerprint(),
                record.key(),
                LedgerHeaders.findRevision(record.headers()).orElse(-1),
                record.value());
        return Chain.next(previous, leaf);
    }

    private static Map<RowKey, Row> live(String bootstrap, LedgerCodec codec) {
        var rows = new HashMap<RowKey, Row>();
        for (var type : List.of(
                RecordType.KEY_STATE,
                RecordType.HOST_TO_SYSTEM,
                RecordType.SYSTEM_STATE,
                RecordType.USER_STATE,
                RecordType.ORGANIZATION_STATE)) {
            var latest = new HashMap<String, ConsumerRecord<byte[], byte[]>>();
            for (var record : KafkaLog.readAll(bootstrap, type.topic())) {
                latest.put(Arrays.toString(record.key()), record);
            }
            for (var record : latest.values()) {
                if (record.value() != null) {
                    var row = (Row)
                            codec.decode(type, record.value(), record.headers()).orThrow();
                    rows.put(RowKey.of(row), row);
                }
            }
        }
        return rows;
    }

    private static void compare(Map<RowKey, Row> derived, Map<RowKey, Row> live, List<String> problems) {
        derived.forEach((key, row) -> {
            if (!row.equals(live.get(key))) {
                problems.add("the events give " + row + ", but the table has " + live.get(key));
            }
        });
        live.forEach((key, row) -> {
            if (!derived.containsKey(key)) {
                problems.add("the table has " + row + ", which no event gives");
            }
        });
    }
}
