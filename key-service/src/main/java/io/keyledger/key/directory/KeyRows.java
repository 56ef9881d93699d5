package io.keyledger.key.directory;

import io.keyledger.event.Actor;
import io.keyledger.event.KeyId;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.SystemId;
import io.keyledger.event.UserId;
import io.keyledger.key.directory.Entry.KeyEntry;
import io.keyledger.key.directory.Entry.Revoked;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keys as they are read. */
final class KeyRows {

    static final String SELECT = "select k.id, k.kind, k.status, k.hint, k.version, k.system_id, s.name as system_name,"
            + " k.created_at, k.created_by_kind, k.created_by_user, k.created_by_key, k.secret_created_at,"
            + " k.superseded_at, k.revoked_at, k.revoked_reason, k.revoked_comment"
            + " from key k left join system s on s.id = k.system_id";

    private KeyRows() {}

    /** Where a key stands in the list of keys. */
    record Place(String kind, UUID id) {

        private static final Pattern PLACE = Pattern.compile("([A-Z]+)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");
        private static final Place BEGINNING = new Place("", new UUID(0, 0));

        /** Reads {@link KeyEntry#place}; something else, which no list has given, is the beginning. */
        static Place parse(@Nullable String place) {
            var parts = PLACE.matcher(place == null ? "" : place);
            return parts.matches() ? new Place(parts.group(1), UUID.fromString(parts.group(2))) : BEGINNING;
        }
    }

    static KeyEntry read(ResultSet row, int number) throws SQLException {
        var revokedAt = Columns.findTime(row, "revoked_at");
        return new KeyEntry(
                new KeyId(Columns.id(row, "id")),
                KeyKind.valueOf(Columns.text(row, "kind")),
                KeyStatus.valueOf(Columns.text(row, "status")),
                Columns.text(row, "hint"),
                row.getInt("version"),
                find(row, "system_id", SystemId::new),
                row.getString("system_name"),
                Columns.time(row, "created_at"),
                new Actor(
                        Actor.Kind.valueOf(Columns.text(row, "created_by_kind")),
                        find(row, "created_by_user", UserId::new),
                        find(row, "created_by_key", KeyId::new),
                        null),
                Columns.time(row, "secret_created_at"),
                Columns.findTime(row, "superseded_at"),
                revokedAt == null
                        ? null
                        : new Revoked(
                                revokedAt,
                                RevocationReason.valueOf(Columns.text(row, "revoked_reason")),
                                row.getString("revoked_comment")));
    }

    private static <T> @Nullable T find(ResultSet row, String column, Function<UUID, T> type) throws SQLException {
        return Optional.ofNullable(Columns.findId(row, column)).map(type).orElse(null);
    }
}
