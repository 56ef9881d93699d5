package io.keyledger.audit.search;

import io.keyledger.event.EventId;
import io.keyledger.event.OrganizationId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Asks PostgreSQL. An event that could not be read on arrival has no number in its organization and is in no list. */
@Component
final class JdbcAuditSearch implements AuditSearch {

    private static final String EVENTS = """
            SELECT event_id, organization_revision, partition, revision, occurred_at, recorded_at, type, command_id,
                actor_kind, actor_user, actor_key, key_id, system_id, user_id, hosts, payload, leaf, chain, verified
            FROM event
            """;

    private final JdbcClient jdbc;

    JdbcAuditSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Page<FoundEvent> events(EventFilter filter, @Nullable Cursor after, int limit) {
        var conditions = new ArrayList<>(List.of("organization_id = :organization", "event_id IS NOT NULL"));
        var parameters = new HashMap<String, Object>();
        parameters.put("organization", filter.organization().value());
        narrow(conditions, parameters, "key_id = :key", "key", filter.key());
        narrow(conditions, parameters, "(system_id = :system OR moved_from = :system)", "system", filter.system());
        narrow(conditions, parameters, "(actor_user = :actor OR actor_key = :actor)", "actor", filter.actor());
        narrow(conditions, parameters, "type = :type", "type", filter.type());
        narrow(
                conditions,
                parameters,
                "occurred_at >= :from",
                "from",
                filter.from() == null ? null : filter.from().atOffset(ZoneOffset.UTC));
        narrow(
                conditions,
                parameters,
                "occurred_at < :to",
                "to",
                filter.to() == null ? null : filter.to().atOffset(ZoneOffset.UTC));
        narrow(
                conditions,
                parameters,
                "organization_revision < :after",
                "after",
                after == null ? null : after.organizationRevision());
        parameters.put("limit", limit + 1);
        var sql = EVENTS + "WHERE " + String.join(" AND ", conditions)
                + " ORDER BY organization_revision DESC LIMIT :limit";
        return Page.cut(
                jdbc.sql(sql).params(parameters).query(FoundRows::event).list(),
                limit,
                FoundEvent::organizationRevision);
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
                WHERE token.organization_id = ? AND token.organization_revision < ?
                ORDER BY token.organization_revision DESC LIMIT ?
                """;
        return Page.cut(
                jdbc.sql(sql)
                        .param(organization.value())
                        .param(after == null ? Long.MAX_VALUE : after.organizationRevision())
                        .param(limit + 1)
                        .query(FoundRows::revokedKey)
                        .list(),
                limit,
                RevokedKey::organizationRevision);
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
