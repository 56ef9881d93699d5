package io.keyledger.audit.search;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads rows of the record. */
final class FoundRows {

    private FoundRows() {}

    static FoundEvent event(ResultSet row, int rowNumber) throws SQLException {
        var type = row.getString("type");
        return new FoundEvent(
                id(row, "event_id"),
                row.getObject("organization_revision", Long.class),
                row.getInt("partition"),
                row.getLong("revision"),
                timeOrNull(row, "occurred_at"),
                time(row, "recorded_at"),
                type == null ? FoundEvent.UNREADABLE : type,
                id(row, "command_id"),
                row.getString("actor_kind"),
                id(row, "actor_user"),
                id(row, "actor_key"),
                id(row, "key_id"),
                id(row, "system_id"),
                id(row, "user_id"),
                List.of((String[]) row.getArray("hosts").getArray()),
                row.getString("payload"),
                hex(row, "body_hash"),
                hex(row, "leaf"),
                hex(row, "chain"),
                row.getBoolean("verified"));
    }

    static RevokedKey revokedKey(ResultSet row, int rowNumber) throws SQLException {
        return new RevokedKey(
                required(row, "key_id", UUID.class),
                row.getString("cause"),
                row.getString("kind"),
                row.getInt("version"),
                hex(row, "key_hash"),
                row.getString("hint"),
                id(row, "system_id"),
                id(row, "owner_id"),
                time(row, "occurred_at"),
                time(row, "effective_at"),
                row.getString("actor_kind"),
                id(row, "actor_user"),
                id(row, "actor_key"),
                row.getString("reason"),
                row.getString("comment"),
                required(row, "event_id", UUID.class),
                row.getLong("organization_revision"),
                row.getInt("partition"),
                row.getLong("revision"),
                row.getBoolean("verified"));
    }

    static FoundAlarm alarm(ResultSet row, int rowNumber) throws SQLException {
        return new FoundAlarm(
                row.getLong("id"),
                row.getString("kind"),
                row.getInt("partition"),
                row.getLong("record_offset"),
                row.getObject("revision", Long.class),
                row.getString("detail"),
                time(row, "raised_at"),
                row.getObject("organization_id") != null);
    }

    private static @Nullable UUID id(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    private static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null ? null : time(row, column);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return required(row, column, OffsetDateTime.class).toInstant();
    }

    private static String hex(ResultSet row, String column) throws SQLException {
        return HexFormat.of().formatHex(row.getBytes(column));
    }

    private static <T> T required(ResultSet row, String column, Class<T> type) throws SQLException {
        var value = row.getObject(column, type);
        if (value == null) {
            throw new SQLException("Expected a value in " + column + ", but it is null.");
        }
        return value;
    }
}
