package io.keyledger.audit.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.audit.verify.Finding;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.Samples;
import io.keyledger.local.AuditLogins;
import io.keyledger.local.LocalPostgres;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was recorded, in the hands of those who would change it, and of those who may do all. */
class TamperingIT extends RecordFixture {

    @BeforeEach
    void recordSamples() {
        kafka.events(ledger.writeSamples(0, Samples.ORGANIZATION));
        try (var _ = service(database.writer())) {
            awaitEvents(Samples.payloads().size());
        }
    }

    @Test
    void nobodyChangesOrRemovesWhatIsRecorded() {
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
}
