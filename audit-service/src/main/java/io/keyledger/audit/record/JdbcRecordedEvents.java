package io.keyledger.audit.record;

import io.keyledger.audit.chain.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads the whole record from PostgreSQL, a few rows at a time. */
public final class JdbcRecordedEvents implements RecordedEvents {

    private static final int ROWS_AT_A_TIME = 500;

    private static final String ALL = """
            SELECT event.*, token.cause, token.kind, token.version, token.key_hash AS token_hash, token.hint,
                token.effective_at, token.reason, token.comment
            FROM event LEFT JOIN revoked_token token USING (partition, revision)
            ORDER BY partition, revision
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    public JdbcRecordedEvents(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.jdbc.setFetchSize(ROWS_AT_A_TIME);
        this.transaction = new TransactionTemplate(transactions);
        // PostgreSQL's driver reads in portions within a transaction alone; and the record is one state of it.
        this.transaction.setReadOnly(true);
    }

    @Override
    public Optional<UUID> ledgerId() {
        return JdbcClient.create(jdbc)
                .sql("SELECT ledger_id FROM ledger")
                .query(UUID.class)
                .optional();
    }

    @Override
    public long countAllAlarms() {
        return JdbcClient.create(jdbc)
                .sql("SELECT count(*) FROM alarm")
                .query(Long.class)
                .single();
    }

    @Override
    public void forEach(Consumer<RecordedEvent> each) {
        transaction.executeWithoutResult(_ -> jdbc.query(ALL, row -> {
            each.accept(recorded(row));
        }));
    }

    private static RecordedEvent recorded(ResultSet row) throws SQLException {
        return new RecordedEvent(
                JdbcRecordStore.evidence(row),
                row.getBoolean("verified"),
                columns(row),
                Optional.ofNullable(token(row)));
    }

    private static SearchColumns columns(ResultSet row) throws SQLException {
        return new SearchColumns(
                id(row, "event_id"),
                id(row, "organization_id"),
                row.getObject("organization_revision", Long.class),
                time(row, "occurred_at"),
                row.getString("type"),
                id(row, "command_id"),
                row.getString("actor_kind"),
                id(row, "actor_user"),
                id(row, "actor_key"),
                id(row, "key_id"),
                bytes(row, "key_hash"),
                id(row, "system_id"),
                id(row, "moved_from"),
                id(row, "user_id"),
                row.getArray("hosts") == null
                        ? List.of()
                        : List.of((String[]) row.getArray("hosts").getArray()),
                row.getString("payload"));
    }

    private static @Nullable RevokedToken token(ResultSet row) throws SQLException {
        var cause = row.getString("cause");
        var hash = bytes(row, "token_hash");
        var effectiveAt = time(row, "effective_at");
        if (cause == null || hash == null || effectiveAt == null) {
            return null;
        }
        return new RevokedToken(
                RevokedToken.Cause.valueOf(cause),
                row.getString("kind"),
                row.getInt("version"),
                hash,
                row.getString("hint"),
                effectiveAt,
                row.getString("reason"),
                row.getString("comment"));
    }

    private static @Nullable UUID id(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable Bytes bytes(ResultSet row, String column) throws SQLException {
        var bytes = row.getBytes(column);
        return bytes == null ? null : Bytes.of(bytes);
    }
}
