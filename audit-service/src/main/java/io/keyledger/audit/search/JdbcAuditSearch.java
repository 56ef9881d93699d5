package io.keyledger.audit.search;

import io.keyledger.event.EventId;
import io.keyledger.event.OrganizationId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Asks PostgreSQL. Events are in the order of the ledger's revisions, which within an organization is that of its own: one
 * that could not be read has no number of its own. Its time is when it was recorded.
 */
@Component
final class JdbcAuditSearch implements AuditSearch {

    private static final String EVENTS = """
            SELECT event_id, organization_revision, partition, revision, occurred_at, recorded_at, type, command_id,
                actor_kind, actor_user, actor_key, key_id, system_id, user_id, hosts, payload, leaf, chain, verified,
                sha256(body) AS body_hash
            FROM event
            """;

    private static final String TIME = "coalesce(occurred_at, recorded_at)";
    private static final Cursor NEWEST = new Cursor(Long.MAX_VALUE, Integer.MAX_VALUE);

    private final JdbcClient jdbc;

    JdbcAuditSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Page<FoundEvent> events(EventFilter filter, @Nullable Cursor after, int limit) {
        var conditions = new ArrayList<>(List.of("organization_id = :organization"));
        var parameters = new HashMap<String, Object>();
        parameters.put("organization", filter.organization().value());
        narrow(conditions, parameters, "key_id = :key", "key", filter.key());
        narrow(conditions, parameters, "(system_id = :system OR moved_from = :system)", "system", filter.system());
        narrow(conditions, parameters, "(actor_user = :actor OR actor_key = :actor)", "actor", filter.actor());
        if (FoundEvent.UNREADABLE.equals(filter.type())) {
            conditions.add("type IS NULL");
        } else {
            narrow(conditions, parameters, "type = :type", "type", filter.type());
        }
        narrow(conditions, parameters, TIME + " >= :from", "from", utc(filter.from()));
        narrow(conditions, parameters, TIME + " < :to", "to", utc(filter.to()));
        if (after != null) {
            conditions.add("(revision, partition) < (:revision, :partition)");
            parameters.put("revision", after.number());
            parameters.put("partition", after.partition());
        }
        parameters.put("limit", limit + 1);
        var sql = EVENTS + "WHERE " + String.join(" AND ", conditions)
                + " ORDER BY revision DESC, partition DESC LIMIT :limit";
        return Page.cut(jdbc.sql(sql).params(parameters).query(FoundRows::event).list(), limit, FoundEvent::place);
    }

    @Override
    public Optional<FoundEvent> event(OrganizationId organization, EventId id) {
        return jdbc.sql(EVENTS + "WHERE event_id = ? AND organization_id = ? LIMIT 1")
                .param(id.value())
                .param(organization.value())
                .query(FoundRows::event)
                .optional();
    }

    @Override
    public Page<RevokedKey> revokedKeys(OrganizationId organization, @Nullable Cursor after, int limit) {
        var sql = """
                SELECT token.*, event.event_id, event.verified
                FROM revoked_token token JOIN event USING (partition, revision)
                WHERE token.organization_id = ? AND (token.revision, token.partition) < (?, ?)
                ORDER BY token.revision DESC, token.partition DESC LIMIT ?
                """;
        var before = after == null ? NEWEST : after;
        return Page.cut(
                jdbc.sql(sql)
                        .params(organization.value(), before.number(), before.partition(), limit + 1)
                        .query(FoundRows::revokedKey)
                        .list(),
                limit,
                RevokedKey::place);
    }

    @Override
    public Page<FoundAlarm> alarms(OrganizationId organization, int partition, @Nullable Cursor after, int limit) {
        var sql = """
                SELECT * FROM alarm
                WHERE (organization_id = ? OR (organization_id IS NULL AND partition = ?)) AND id < ?
                ORDER BY id DESC LIMIT ?
                """;
        return Page.cut(
                jdbc.sql(sql)
                        .params(organization.value(), partition, (after == null ? NEWEST : after).number(), limit + 1)
                        .query(FoundRows::alarm)
                        .list(),
                limit,
                FoundAlarm::place);
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    private static void narrow(
            List<String> conditions,
            Map<String, Object> parameters,
            String condition,
            String name,
            @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            parameters.put(name, value);
        }
    }
}
