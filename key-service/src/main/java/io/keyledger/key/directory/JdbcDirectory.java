package io.keyledger.key.directory;

import io.keyledger.event.HostName;
import io.keyledger.event.MixedBatches;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.SystemId;
import io.keyledger.event.UnlinkedHosts;
import io.keyledger.key.directory.Entry.HostEntry;
import io.keyledger.key.directory.Entry.KeyEntry;
import io.keyledger.key.directory.Entry.SettingsEntry;
import io.keyledger.key.directory.Entry.SystemEntry;
import io.keyledger.key.ledger.LedgerState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** The directory in PostgreSQL. */
final class JdbcDirectory implements Directory {

    private static final String SYSTEM =
            "select id, name, override_required_from, host_count, created_at, version from system";

    private final JdbcClient jdbc;
    private final TransactionTemplate reads;

    /**
     * Reads the current generation.
     *
     * @param reads read-only transactions
     */
    JdbcDirectory(JdbcClient jdbc, TransactionTemplate reads) {
        this.jdbc = jdbc;
        this.reads = reads;
    }

    @Override
    public Optional<SettingsEntry> findSettings(OrganizationId organization) {
        return read(() -> jdbc.sql(
                        "select agents_active, unlinked_hosts, mixed_batches, version from organization where id = ?")
                .param(organization.value())
                .query((row, _) -> new SettingsEntry(settings(row), row.getLong("version")))
                .optional());
    }

    @Override
    public Optional<SystemEntry> findSystem(OrganizationId organization, SystemId system) {
        return read(() -> jdbc.sql(SYSTEM + " where organization_id = ? and id = ?")
                .param(organization.value())
                .param(system.value())
                .query(JdbcDirectory::system)
                .optional());
    }

    @Override
    public List<SystemEntry> systems(OrganizationId organization, @Nullable String after, int limit) {
        return read(() -> jdbc.sql(SYSTEM + " where organization_id = ? and name_key > ? order by name_key limit ?")
                .param(organization.value())
                .param(after == null ? "" : LedgerState.folded(after))
                .param(limit)
                .query(JdbcDirectory::system)
                .list());
    }

    @Override
    public List<HostEntry> hosts(OrganizationId organization, SystemId system, @Nullable String after, int limit) {
        return read(() -> jdbc.sql("select host, system_id, linked_at from host"
                        + " where organization_id = ? and system_id = ? and host > ? order by host limit ?")
                .param(organization.value())
                .param(system.value())
                .param(after == null ? "" : after)
                .param(limit)
                .query(JdbcDirectory::host)
                .list());
    }

    @Override
    public Optional<HostEntry> findHost(OrganizationId organization, HostName host) {
        return read(() -> jdbc.sql("select host, system_id, linked_at from host where organization_id = ? and host = ?")
                .param(organization.value())
                .param(host.value())
                .query(JdbcDirectory::host)
                .optional());
    }

    @Override
    public Optional<KeyEntry> findGlobalKey(OrganizationId organization) {
        return read(() -> jdbc.sql(KeyRows.SELECT + " where k.organization_id = ? and k.kind = 'GLOBAL' and k.current")
                .param(organization.value())
                .query(KeyRows::read)
                .optional());
    }

    @Override
    public Optional<KeyEntry> findOverride(OrganizationId organization, SystemId system) {
        return read(() -> jdbc.sql(KeyRows.SELECT + " where k.organization_id = ? and k.system_id = ? and k.current")
                .param(organization.value())
                .param(system.value())
                .query(KeyRows::read)
                .optional());
    }

    @Override
    public List<KeyEntry> collectorKeys(OrganizationId organization, @Nullable String after, int limit) {
        var place = KeyRows.Place.parse(after);
        return read(() -> jdbc.sql(KeyRows.SELECT
                        + " where k.organization_id = ? and k.current and (k.kind, k.id) > (?, ?)"
                        + " order by k.kind, k.id limit ?")
                .param(organization.value())
                .param(place.kind())
                .param(place.id())
                .param(limit)
                .query(KeyRows::read)
                .list());
    }

    private <T> T read(Supplier<T> query) {
        try {
            return once(query);
        } catch (BadSqlGrammarException e) {
            // A rebuild has just dropped the generation that this transaction was about to read.
            return onceMore(query);
        } catch (DataAccessException | TransactionException e) {
            throw unavailable(e);
        }
    }

    private <T> T onceMore(Supplier<T> query) {
        try {
            return once(query);
        } catch (DataAccessException | TransactionException e) {
            throw unavailable(e);
        }
    }

    private <T> T once(Supplier<T> query) {
        return reads.execute(_ -> {
            Generations.useCurrent(jdbc);
            return query.get();
        });
    }

    private static DirectoryUnavailableException unavailable(Exception cause) {
        return new DirectoryUnavailableException("PostgreSQL is down, or the directory is being made.", cause);
    }

    private static OrganizationSettings settings(ResultSet row) throws SQLException {
        return new OrganizationSettings(
                row.getBoolean("agents_active"),
                UnlinkedHosts.valueOf(Columns.text(row, "unlinked_hosts")),
                MixedBatches.valueOf(Columns.text(row, "mixed_batches")));
    }

    private static SystemEntry system(ResultSet row, int number) throws SQLException {
        return new SystemEntry(
                new SystemId(Columns.id(row, "id")),
                Columns.text(row, "name"),
                Columns.findTime(row, "override_required_from"),
                row.getInt("host_count"),
                Columns.time(row, "created_at"),
                row.getLong("version"));
    }

    private static HostEntry host(ResultSet row, int number) throws SQLException {
        return new HostEntry(
                new HostName(Columns.text(row, "host")),
                new SystemId(Columns.id(row, "system_id")),
                Columns.time(row, "linked_at"));
    }
}
