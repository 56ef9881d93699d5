package io.keyledger.audit.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.audit.Eventually;
import io.keyledger.audit.chain.AlarmKind;
import io.keyledger.audit.chain.Bytes;
import io.keyledger.audit.verify.Finding;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.Samples;
import io.keyledger.event.Topics;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What is not as it must be, in the log and in the database. */
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

    /** No two characters alike in a row: PostgreSQL compresses what an index holds. */
    private static String randomText(int length) {
        return new Random(1)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
