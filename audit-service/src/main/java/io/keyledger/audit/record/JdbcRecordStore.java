package io.keyledger.audit.record;

import io.keyledger.audit.chain.AlarmKind;
import io.keyledger.audit.chain.Bytes;
import io.keyledger.audit.chain.ChainTip;
import io.keyledger.audit.chain.Evidence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The record in PostgreSQL; the tables are described in {@code db/migration}. */
final class JdbcRecordStore implements RecordStore {

    private static final Set<String> VALUES_REFUSED = Set.of("22", "23", "54");

    private final JdbcClient jdbc;
    private final JdbcInserts inserts;
    private final TransactionTemplate transaction;

    JdbcRecordStore(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = JdbcClient.create(dataSource);
        this.inserts = new JdbcInserts(new JdbcTemplate(dataSource));
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public UUID ledger(UUID ledgerId) {
        jdbc.sql("INSERT INTO ledger (ledger_id) VALUES (?) ON CONFLICT DO NOTHING")
                .param(ledgerId)
                .update();
        return jdbc.sql("SELECT ledger_id FROM ledger").query(UUID.class).single();
    }

    @Override
    public Map<Integer, Position> positions() {
        var positions = new HashMap<Integer, Position>();
        // The last revision is where the chain goes on; the last offset may be of a record that has no revision.
        jdbc.sql("""
                SELECT p.partition, e.revision, e.chain, e.verified,
                       greatest((SELECT max(record_offset) FROM event WHERE partition = p.partition),
                                (SELECT max(record_offset) FROM alarm WHERE partition = p.partition)) AS last_offset
                FROM (SELECT DISTINCT partition FROM event) p
                CROSS JOIN LATERAL (SELECT revision, chain, verified FROM event WHERE partition = p.partition
                                    ORDER BY revision DESC LIMIT 1) e
                """).query(row -> {
            positions.put(
                    row.getInt("partition"),
                    new Position(
                            new ChainTip(
                                    row.getLong("revision"),
                                    Bytes.of(row.getBytes("chain")),
                                    row.getBoolean("verified")),
                            row.getLong("last_offset")));
        });
        return positions;
    }

    @Override
    public Optional<Evidence> find(int partition, long revision) {
        return jdbc.sql("""
                SELECT partition, record_offset, schema_id, fingerprint, record_key, revision, body, leaf, chain
                FROM event WHERE partition = ? AND revision = ?
                """)
                .param(partition)
                .param(revision)
                .query((row, _) -> evidence(row))
                .optional();
    }

    @Override
    public List<Alarm> append(Batch batch) {
        try {
            return List.copyOf(transaction.execute(_ -> {
                inserts.events(batch.events());
                inserts.revoked(batch.events());
                var raised = new ArrayList<Alarm>();
                for (var alarm : batch.alarms()) {
                    if (inserts.alarm(alarm)) {
                        raised.add(alarm);
                    }
                }
                return raised;
            }));
        } catch (DuplicateKeyException e) {
            throw new TakenException(e);
        } catch (DataAccessException e) {
            throw unstorable(e) ? new UnstorableException("The database does not take its values.", e) : e;
        }
    }

    /** Whether the values are the reason (SQLSTATE classes 22 and 23, and 54 for too large ones), and not the moment. */
    private static boolean unstorable(DataAccessException e) {
        return NestedExceptionUtils.getMostSpecificCause(e) instanceof SQLException cause
                && cause.getSQLState() != null
                && VALUES_REFUSED.contains(cause.getSQLState().substring(0, 2));
    }

    @Override
    public Map<AlarmKind, Long> countAlarms() {
        var counts = new HashMap<AlarmKind, Long>();
        jdbc.sql("SELECT kind, count(*) AS alarms FROM alarm GROUP BY kind").query(row -> {
            counts.put(AlarmKind.valueOf(row.getString("kind")), row.getLong("alarms"));
        });
        return counts;
    }

    /** Reads the evidence of a row. */
    static Evidence evidence(ResultSet row) throws SQLException {
        return new Evidence(
                row.getInt("partition"),
                row.getLong("record_offset"),
                row.getInt("schema_id"),
                Bytes.of(row.getBytes("fingerprint")),
                Bytes.of(row.getBytes("record_key")),
                row.getLong("revision"),
                Bytes.of(row.getBytes("body")),
                Bytes.of(row.getBytes("leaf")),
                Bytes.of(row.getBytes("chain")));
    }
}
