package io.keyledger.audit.record;

import io.keyledger.audit.chain.Bytes;
import io.keyledger.audit.chain.Evidence;
import io.keyledger.audit.record.RecordStore.UnstorableException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The statements that add to the record. */
final class JdbcInserts {

    private static final String EVENT = """
            INSERT INTO event (partition, revision, record_offset, schema_id, fingerprint, record_key, body, leaf, chain,
                verified, event_id, organization_id, organization_revision, occurred_at, type, command_id, actor_kind,
                actor_user, actor_key, key_id, key_hash, system_id, moved_from, user_id, hosts, payload)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
            """;

    // The hint of a superseded secret is in the event that made it; each of its events says it alike.
    private static final String REVOKED = """
            INSERT INTO revoked_token (partition, revision, organization_id, organization_revision, cause, key_id, kind,
                version, key_hash, hint, system_id, owner_id, occurred_at, effective_at, actor_kind, actor_user, actor_key,
                reason, comment)
            SELECT partition, revision, organization_id, organization_revision, ?, key_id, ?, ?, ?,
                coalesce(?, (SELECT made.payload -> 'key' ->> 'hint' FROM event made
                             WHERE made.organization_id = ended.organization_id AND made.key_id = ended.key_id
                                 AND made.key_hash = ? LIMIT 1)),
                system_id, user_id, occurred_at, ?, actor_kind, actor_user, actor_key, ?, ?
            FROM event ended WHERE partition = ? AND revision = ?
            """;

    private static final String ALARM = """
            INSERT INTO alarm (kind, organization_id, partition, record_offset, revision, detail, evidence)
            VALUES (?, ?, ?, ?, ?, ?, ?::jsonb) ON CONFLICT DO NOTHING
            """;

    /** Within what timestamptz holds. */
    private static final Instant FIRST_TIME = Instant.parse("-4712-01-01T00:00:00Z");

    private static final Instant LAST_TIME = Instant.parse("+294275-12-31T23:59:59Z");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcTemplate jdbc;

    private record Ended(Evidence by, RevokedToken token) {}

    JdbcInserts(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void events(List<RecordedEvent> events) {
        jdbc.batchUpdate(EVENT, events, events.size(), JdbcInserts::setEvent);
    }

    /** The secrets that these events end; the events are there already. */
    void revoked(List<RecordedEvent> events) {
        var ended = events.stream()
                .flatMap(event -> event.revoked().map(token -> new Ended(event.evidence(), token)).stream())
                .toList();
        jdbc.batchUpdate(REVOKED, ended, ended.size(), JdbcInserts::setRevoked);
    }

    /** Whether it was not there before. */
    boolean alarm(Alarm alarm) {
        return jdbc.update(
                        ALARM,
                        alarm.kind().name(),
                        alarm.organization() == null
                                ? null
                                : alarm.organization().value(),
                        alarm.partition(),
                        alarm.offset(),
                        alarm.revision(),
                        alarm.detail(),
                        alarm.evidence().isEmpty() ? null : JSON.writeValueAsString(alarm.evidence()))
                == 1;
    }

    private static void setEvent(PreparedStatement row, RecordedEvent event) throws SQLException {
        var evidence = event.evidence();
        var columns = event.columns();
        row.setInt(1, evidence.partition());
        row.setLong(2, evidence.revision());
        row.setLong(3, evidence.offset());
        row.setInt(4, evidence.schemaId());
        row.setBytes(5, evidence.fingerprint().toArray());
        row.setBytes(6, evidence.key().toArray());
        row.setBytes(7, evidence.body().toArray());
        row.setBytes(8, evidence.leaf().toArray());
        row.setBytes(9, evidence.chain().toArray());
        row.setBoolean(10, event.verified());
        row.setObject(11, columns.eventId());
        row.setObject(12, columns.organizationId());
        row.setObject(13, columns.organizationRevision());
        setTime(row, 14, columns.occurredAt());
        row.setString(15, columns.type());
        row.setObject(16, columns.commandId());
        row.setString(17, columns.actorKind());
        row.setObject(18, columns.actorUser());
        row.setObject(19, columns.actorKey());
        row.setObject(20, columns.keyId());
        setBytes(row, 21, columns.keyHash());
        row.setObject(22, columns.systemId());
        row.setObject(23, columns.movedFrom());
        row.setObject(24, columns.userId());
        row.setArray(
                25, row.getConnection().createArrayOf("text", columns.hosts().toArray()));
        row.setString(26, columns.payload());
    }

    private static void setRevoked(PreparedStatement row, Ended ended) throws SQLException {
        var token = ended.token();
        row.setString(1, token.cause().name());
        row.setString(2, token.kind());
        row.setInt(3, token.version());
        row.setBytes(4, token.hash().toArray());
        row.setString(5, token.hint());
        row.setBytes(6, token.hash().toArray());
        setTime(row, 7, token.effectiveAt());
        row.setString(8, token.reason());
        row.setString(9, token.comment());
        row.setInt(10, ended.by().partition());
        row.setLong(11, ended.by().revision());
    }

    private static void setTime(PreparedStatement row, int index, @Nullable Instant time) throws SQLException {
        if (time != null && (time.isBefore(FIRST_TIME) || time.isAfter(LAST_TIME))) {
            // The driver would make it infinite, which is another time than the event says.
            throw new UnstorableException("The database holds no such time as " + time + ".", null);
        }
        row.setObject(index, time == null ? null : time.atOffset(ZoneOffset.UTC));
    }

    private static void setBytes(PreparedStatement row, int index, @Nullable Bytes bytes) throws SQLException {
        row.setBytes(index, bytes == null ? null : bytes.toArray());
    }
}
