package io.keyledger.audit.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.audit.Eventually;
import io.keyledger.audit.chain.AlarmKind;
import io.keyledger.audit.chain.Bytes;
import io.keyledger.audit.verify.Finding;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.Samples;
import io.keyledger.event.Topics;
import io.keyledger.local.AuditLogins;
import io.keyledger.local.LocalPostgres;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What is not as it must be, in the log, in the database, and in the hands of those who may do all. */
class EvidenceIT extends RecordFixture {
    @Test
    void raisesAlarmsAndKeepsAllOfIt() {
        var events = ledger.writeSamples(0, Samples.ORGANIZATION);
        var forger = new SampleLedger();
        var forged = List.of(
                forger.write(0, Samples.ORGANIZATION, new KeyEvent.UserEnabled(Samples.OWNER)),
                forger.write(0, Samples.ORGANIZATION, new KeyEvent.UserEnabled(Samples.OWNER)));
        var unreadable = Forged.fingerprint(events.get(5), Bytes.of(new byte[32]));

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
    void nothingThatAnEventSaysStallsTheRecord() throws IOException {
        var other = new OrganizationId(new UUID(7, 1));
        var newer = NewerEvents.schema();
        var blessed = ledger.next(1, other, new KeyEvent.UserEnabled(Samples.OWNER));
        var revoked = new KeyEvent.KeyRevoked(Samples.GLOBAL_KEY, RevocationReason.POLICY, "a\0b");
        var tooLong = NewerEvents.write(newer, blessed, randomText(20_000));
        kafka.commit(List.of(new ProducerRecord<>(Topics.SCHEMAS, 0, newer.key(), newer.value())));
        kafka.events(List.of(
                ledger.write(0, Samples.ORGANIZATION, new KeyEvent.SystemRegistered(Samples.SYSTEM, "we\0b")),
                ledger.write(0, Samples.ORGANIZATION, revoked),
                ledger.chain(
                        0, ledger.next(0, Samples.ORGANIZATION, revoked, Instant.ofEpochSecond(-300_000_000_000L))),
                ledger.chain(1, blessed, tooLong, newer.fingerprint()),
                ledger.write(0, Samples.ORGANIZATION, new KeyEvent.UserEnabled(Samples.OWNER)),
                ledger.write(1, other, new KeyEvent.UserEnabled(Samples.OWNER))));

        try (var _ = service(database.writer())) {
            awaitEvents(6);
        }

        assertThat(verified(0)).containsExactly(true, true, true, true);
        assertThat(verified(1)).containsExactly(true, true);
        assertThat(database.asWriter()
                        .sql("SELECT payload ->> 'name' FROM event WHERE type = 'SystemRegistered'")
                        .query(String.class)
                        .single())
                .isEqualTo("we\uFFFDb");
        assertThat(database.asWriter()
                        .sql("SELECT comment FROM revoked_token")
                        .query(String.class)
                        .list())
                .containsExactly("a\uFFFDb");
        assertThat(database.alarms()).containsExactly("UNREADABLE_EVENT", "UNREADABLE_EVENT");
        var verification = database.verify();
        assertThat(verification.holds()).as("%s", verification.findings()).isTrue();
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
        for (var role : List.of("SET ROLE keyledger_audit_writer; ", "RESET ROLE; ")) {
            assertRefused(database.asWriter(), role + update, "permission denied");
            for (var change : List.of("DISABLE TRIGGER append_only", "ADD COLUMN more text", "RENAME TO other")) {
                assertRefused(database.asWriter(), role + "ALTER TABLE event " + change, "must be owner");
            }
            assertRefused(database.asWriter(), role + "DROP TRIGGER append_only ON event", "must be owner");
            assertRefused(database.asWriter(), role + "DROP TABLE event CASCADE", "must be owner");
            assertRefused(database.asWriter(), role + "DROP FUNCTION refuse_change CASCADE", "must be owner");
            assertRefused(database.asWriter(), role + "CREATE TABLE more ()", "permission denied");
            assertRefused(database.asWriter(), role + "DELETE FROM flyway_schema_history", "permission denied");
            assertRefused(database.asWriter(), role + "SET session_replication_role = replica", "permission denied");
            for (var other : List.of(AuditLogins.OWNER, LocalPostgres.SUPERUSER)) {
                assertRefused(database.asWriter(), role + "SET ROLE " + other, "permission denied");
            }
        }
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
        long revoked = firstRevocation();
        owner.sql("UPDATE revoked_token SET reason = 'POLICY' WHERE revision = ?")
                .param(revoked)
                .update();
        owner.sql("DELETE FROM event WHERE revision = 25").update();

        var findings = database.verify().findings();
        assertThat(found(findings, Finding.Kind.COLUMNS)).containsExactly(3L, 6L);
        assertThat(found(findings, Finding.Kind.REVOKED_TOKEN)).containsExactly(revoked);
        assertThat(found(findings, Finding.Kind.CHAIN)).containsExactly(20L, 26L);
    }

    private static int firstRevocation() {
        var payloads = Samples.payloads();
        return 1
                + payloads.indexOf(payloads.stream()
                        .filter(KeyEvent.KeyRevoked.class::isInstance)
                        .findFirst()
                        .orElseThrow());
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

    /** No two characters alike in a row: PostgreSQL compresses what an index holds. */
    private static String randomText(int length) {
        return new Random(1)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static void assertRefused(JdbcClient client, String change, String why) {
        assertThatThrownBy(() -> client.sql(change).update())
                .as(change)
                .rootCause()
                .hasMessageContaining(why);
    }
}
