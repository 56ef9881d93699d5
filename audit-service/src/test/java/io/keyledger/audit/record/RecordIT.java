package io.keyledger.audit.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.audit.Eventually;
import io.keyledger.audit.SuiteKafka;
import io.keyledger.audit.chain.AlarmKind;
import io.keyledger.audit.chain.Bytes;
import io.keyledger.audit.chain.Evidence;
import io.keyledger.audit.ledger.LedgerEventReader;
import io.keyledger.audit.ledger.LedgerFacts;
import io.keyledger.audit.verify.Finding;
import io.keyledger.client.LedgerConnection;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.SchemaCatalog;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyRef;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Samples;
import io.keyledger.event.SystemId;
import io.keyledger.event.Topics;
import io.keyledger.local.LocalBroker;
import io.keyledger.local.LocalPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The recorder with a real broker and a real PostgreSQL. */
class RecordIT {

    private static final int PARTITIONS = 2;

    @TempDir
    static Path postgresDir;

    private static LocalPostgres postgres;
    private static int databases;

    @TempDir
    Path brokerDir;

    private final SampleLedger ledger = new SampleLedger();
    private LocalBroker broker;
    private SuiteKafka kafka;
    private RecordDatabase database;

    @BeforeAll
    static void startPostgres() {
        postgres = LocalPostgres.start(postgresDir);
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @BeforeEach
    void start() throws Exception {
        broker = LocalBroker.start(brokerDir);
        kafka = new SuiteKafka(broker.bootstrapServers(), PARTITIONS);
        database = new RecordDatabase(postgres, "record_" + ++databases);
    }

    @AfterEach
    void stop() {
        database.close();
        kafka.close();
        broker.close();
    }

    @Test
    void recordsEveryEventOnceAndNoneThatWasTakenBack() {
        var events = ledger.writeSamples(0, Samples.ORGANIZATION);
        kafka.events(events.subList(0, 5));
        // The same revisions, of a transaction that was not to be.
        kafka.abort(new SampleLedger().writeSamples(0, Samples.ORGANIZATION));
        kafka.events(events.subList(5, events.size()));

        try (var service = service(database.writer())) {
            awaitEvents(events.size());
            assertThat(service.status().migrated()).isTrue();
        }
        try (var _ = service(database.writer())) {
            kafka.events(List.of(
                    ledger.write(1, Samples.ORGANIZATION, Samples.payloads().getFirst())));
            awaitEvents(events.size() + 1L);
        }

        assertThat(recorded(0)).containsExactlyElementsOf(bytes(events));
        assertThat(database.alarms()).isEmpty();
        var verification = database.verify();
        assertThat(verification.holds()).as("%s", verification.findings()).isTrue();
        assertThat(verification.unread()).isZero();
        assertThat(verification.events()).isEqualTo(events.size() + 1L);
    }

    @Test
    void recordsEveryRevokedKeyWithItsHint() {
        kafka.events(List.of(
                ledger.write(0, Samples.ORGANIZATION, keyCreated()),
                ledger.write(0, Samples.ORGANIZATION, regenerated())));

        try (var _ = service(database.writer())) {
            awaitEvents(2);
        }

        var hint = database.asWriter()
                .sql("SELECT hint FROM revoked_token WHERE cause = 'SUPERSEDED'")
                .query(String.class)
                .single();
        assertThat(hint).isEqualTo("old…hint");
    }

    @Test
    void resumesWhereverItWasKilled() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var events = new ArrayList<Evidence>();
        for (int i = 0; i < 300; i++) {
            var name = new KeyEvent.SystemRegistered(new SystemId(new UUID(0, i)), "system " + i);
            var organization = new OrganizationId(new UUID(7, i % 3));
            events.add(ledger.write(i % 3 % PARTITIONS, organization, name));
        }
        var planted = new AtomicInteger();
        int written = 0;
        for (int life = 0; life < 20; life++) {
            var unreliable = new UnreliableDataSource(database.writer(), random.nextLong(), planted);
            try (var _ = service(unreliable, () -> SampleLedger.LEDGER_ID)) {
                int to = Math.min(events.size(), written + 16);
                for (; written < to; written += 4) {
                    kafka.events(events.subList(written, written + 4));
                }
                Eventually.pause(Duration.ofMillis(random.nextInt(300)));
            }
        }
        try (var _ = service(database.writer())) {
            awaitEvents(events.size());
        }

        assertThat(planted).as("seed %s", seed).hasPositiveValue();
        assertThat(written).isEqualTo(events.size());
        assertThat(database.alarms()).as("seed %s", seed).isEmpty();
        var verification = database.verify();
        assertThat(verification.holds())
                .as("seed %s: %s", seed, verification.findings())
                .isTrue();
        assertThat(database.count("event")).as("seed %s", seed).isEqualTo(events.size());
    }

    @Test
    void goesOnWhenPostgresIsBack() {
        var events = ledger.writeSamples(0, Samples.ORGANIZATION);
        try (var service = service(database.writer())) {
            kafka.events(events.subList(0, 3));
            awaitEvents(3);
            postgres.close();
            kafka.events(events.subList(3, events.size()));
            Eventually.await(
                    "the recorder says that it cannot record",
                    () -> service.status().problem().isPresent());
            postgres = LocalPostgres.start(postgres.settings());
            awaitEvents(events.size());
            Eventually.await(
                    "no problem is left", () -> service.status().problem().isEmpty());
        }

        assertThat(recorded(0)).containsExactlyElementsOf(bytes(events));
        assertThat(database.verify().holds()).isTrue();
    }

    @Test
    void raisesAlarmsAndKeepsAllOfIt() {
        var events = ledger.writeSamples(0, Samples.ORGANIZATION);
        var forger = new SampleLedger();
        var forged = List.of(
                forger.write(0, Samples.ORGANIZATION, new KeyEvent.UserEnabled(Samples.OWNER)),
                forger.write(0, Samples.ORGANIZATION, new KeyEvent.UserEnabled(Samples.OWNER)));
        var unreadable = with(events.get(5), Bytes.of(new byte[32]));

        kafka.events(events.subList(0, 3));
        kafka.commit(List.of(new ProducerRecord<>(Topics.KEY_EVENTS, 0, null, new byte[] {1, 2, 3})));
        kafka.events(List.of(forged.get(1), events.get(4), unreadable, events.get(6)));
        try (var service = service(database.writer())) {
            awaitEvents(6);
            assertThat(service.status().alarms()).containsEntry(AlarmKind.GAP, 1L);
        }
        try (var _ = service(database.writer())) {
            kafka.events(List.of(events.get(7)));
            awaitEvents(7);
        }

        assertThat(database.alarms())
                .containsExactlyInAnyOrder(
                        "UNPLACEABLE_RECORD", "REPEAT_WITH_OTHER_BYTES", "GAP", "LEAF_MISMATCH", "UNREADABLE_EVENT");
        assertThat(evidence("UNPLACEABLE_RECORD")).isEqualTo("010203");
        assertThat(evidence("REPEAT_WITH_OTHER_BYTES"))
                .isEqualTo(HexFormat.of().formatHex(SampleLedger.value(forged.get(1))));
        assertThat(recorded(0))
                .containsExactlyElementsOf(bytes(List.of(
                        events.get(0),
                        events.get(1),
                        events.get(2),
                        events.get(4),
                        unreadable,
                        events.get(6),
                        events.get(7))));
        assertThat(verified(0)).containsExactly(true, true, true, false, false, false, false);
        assertThat(database.verify().findings())
                .filteredOn(found -> found.kind() == Finding.Kind.CHAIN)
                .extracting(Finding::revision)
                .containsExactly(5L, 6L);
    }

    @Test
    void keepsATypeOfALaterTimeWholeAndVerifiesIt() throws IOException {
        var newer = NewerEvents.schema();
        var before = ledger.write(0, Samples.ORGANIZATION, new KeyEvent.UserEnabled(Samples.OWNER));
        var blessed = ledger.next(0, Samples.ORGANIZATION, new KeyEvent.UserEnabled(Samples.OWNER));
        var events = List.of(
                before,
                ledger.chain(0, blessed, NewerEvents.write(newer, blessed), newer.fingerprint()),
                ledger.write(0, Samples.ORGANIZATION, new KeyEvent.UserDisabled(Samples.OWNER)));
        kafka.commit(List.of(new ProducerRecord<>(Topics.SCHEMAS, 0, newer.key(), newer.value())));
        kafka.events(events);
        try (var _ = service(database.writer())) {
            awaitEvents(3);
        }

        assertThat(verified(0)).containsExactly(true, true, true);
        assertThat(database.alarms()).isEmpty();
        var row = database.asWriter()
                .sql("SELECT type, payload, organization_revision FROM event WHERE revision = 2")
                .query()
                .singleRow();
        assertThat(row).containsEntry("type", "KeyBlessed").containsEntry("organization_revision", 2L);
        assertThat(row.get("payload")).isNull();
        var verification = database.verify();
        assertThat(verification.holds()).as("%s", verification.findings()).isTrue();
        // The verifier has no Kafka to learn the schema from: it verifies the bytes.
        assertThat(verification.unread()).isEqualTo(1);
    }

    @Test
    void nobodyChangesOrRemovesWhatIsRecorded() {
        kafka.events(ledger.writeSamples(0, Samples.ORGANIZATION));
        try (var _ = service(database.writer())) {
            awaitEvents(Samples.payloads().size());
        }

        for (var table : List.of("event", "revoked_token", "alarm", "ledger")) {
            for (var change : List.of("DELETE FROM " + table, "TRUNCATE " + table + " CASCADE")) {
                assertRefused(database.asWriter(), change, "permission denied");
                assertRefused(database.asOwner(), change, "append-only");
            }
        }
        var update = "UPDATE event SET type = 'KeyRevealed' WHERE revision = 1";
        assertRefused(database.asWriter(), update, "permission denied");
        assertRefused(database.asOwner(), update, "append-only");
        assertRefused(database.asOwner(), "SET session_replication_role = replica; " + update, "append-only");
        assertRefused(database.asWriter(), "ALTER TABLE event DISABLE TRIGGER append_only", "must be owner");
        assertThat(database.verify().holds()).isTrue();
    }

    @Test
    void theVerifierFindsWhatAnAdministratorTamperedWith() {
        kafka.events(ledger.writeSamples(0, Samples.ORGANIZATION));
        try (var _ = service(database.writer())) {
            awaitEvents(Samples.payloads().size());
        }

        var owner = database.asOwner();
        owner.sql("ALTER TABLE event DISABLE TRIGGER append_only").update();
        owner.sql("ALTER TABLE revoked_token DISABLE TRIGGER append_only").update();
        owner.sql("UPDATE event SET actor_user = gen_random_uuid() WHERE revision = 3")
                .update();
        owner.sql("UPDATE event SET payload = '{}' WHERE revision = 6").update();
        owner.sql("UPDATE event SET body = body || '\\x00' WHERE revision = 20").update();
        owner.sql("UPDATE revoked_token SET reason = 'POLICY' WHERE revision = 12")
                .update();
        owner.sql("DELETE FROM event WHERE revision = 25").update();

        var findings = database.verify().findings();
        assertThat(found(findings, Finding.Kind.COLUMNS)).containsExactly(3L, 6L);
        assertThat(found(findings, Finding.Kind.REVOKED_TOKEN)).containsExactly(12L);
        assertThat(found(findings, Finding.Kind.CHAIN)).containsExactly(20L, 26L);
    }

    @Test
    void recordsNothingOfAnotherLedger() {
        new JdbcRecordStore(database.writer(), new JdbcTransactionManager(database.writer())).ledger(new UUID(1, 1));
        kafka.events(ledger.writeSamples(0, Samples.ORGANIZATION));

        try (var service = service(database.writer())) {
            Eventually.await(
                    "it says that the ledger is another one",
                    () -> service.status().problem().orElse("").contains("record of ledger"));
            assertThat(service.status().migrated()).isFalse();
        }

        assertThat(database.count("event")).isZero();
    }

    private RecordService service(DataSource dataSource) {
        return service(dataSource, facts(new SchemaCatalog())::ledgerId);
    }

    private RecordService service(DataSource dataSource, Supplier<UUID> ledgerId) {
        var schemas = new SchemaCatalog();
        var reader = new LedgerEventReader(new LedgerCodec(schemas), facts(schemas)::learnSchemas, System::nanoTime);
        var mapping = new EventMapping(new WireEventReader(reader::read));
        var store = new JdbcRecordStore(dataSource, new JdbcTransactionManager(dataSource));
        var metrics = new RecordMetrics(new SimpleMeterRegistry());
        return new RecordService(
                connection(),
                (value, fingerprint) -> reader.read(value, fingerprint).orThrow(),
                () -> new Recorder(store, mapping, metrics, ledgerId.get()),
                metrics);
    }

    private LedgerFacts facts(SchemaCatalog schemas) {
        return new LedgerFacts(connection(), schemas);
    }

    private LedgerConnection connection() {
        return new LedgerConnection(broker.bootstrapServers(), "audit-it");
    }

    private void awaitEvents(long count) {
        Eventually.await(count + " events are recorded", () -> {
            try {
                return database.count("event") >= count;
            } catch (DataAccessException _) {
                return false;
            }
        });
    }

    private List<String> recorded(int partition) {
        return database.asWriter()
                .sql("SELECT encode(body, 'hex') FROM event WHERE partition = ? ORDER BY revision")
                .param(partition)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private List<Boolean> verified(int partition) {
        return database.asWriter()
                .sql("SELECT verified FROM event WHERE partition = ? ORDER BY revision")
                .param(partition)
                .query((row, _) -> row.getBoolean(1))
                .list();
    }

    private String evidence(String alarm) {
        return database.asWriter()
                .sql("SELECT evidence ->> 'value' FROM alarm WHERE kind = ?")
                .param(alarm)
                .query(String.class)
                .single();
    }

    private static List<Long> found(List<Finding> findings, Finding.Kind kind) {
        return findings.stream()
                .filter(found -> found.kind() == kind)
                .map(Finding::revision)
                .toList();
    }

    private static void assertRefused(JdbcClient client, String change, String why) {
        assertThatThrownBy(() -> client.sql(change).update())
                .as(change)
                .rootCause()
                .hasMessageContaining(why);
    }

    private static List<String> bytes(List<Evidence> events) {
        return events.stream().map(event -> event.body().toString()).toList();
    }

    private static Evidence with(Evidence e, Bytes fingerprint) {
        return new Evidence(
                e.partition(),
                e.offset(),
                e.schemaId(),
                fingerprint,
                e.key(),
                e.revision(),
                e.body(),
                e.leaf(),
                e.chain());
    }

    private static KeyEvent keyCreated() {
        var key = Samples.GLOBAL_KEY;
        var first = new KeyRef(key.keyId(), key.kind(), Samples.OLD_HASH, "old…hint", 1, key.systemId(), key.ownerId());
        return new KeyEvent.KeyCreated(first, null, Set.of(), null);
    }

    private static KeyEvent regenerated() {
        return new KeyEvent.KeyRegenerated(Samples.GLOBAL_KEY, Samples.OLD_HASH, null);
    }
}
