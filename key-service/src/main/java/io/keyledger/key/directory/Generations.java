package io.keyledger.key.directory;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The generations of the directory, each a schema of its own in PostgreSQL, so that a new one is filled while the old one
 * is read. Schema {@code directory} says which is which, and of which ledger they are.
 */
final class Generations {

    private static final String ROOT = "directory";
    private static final String PREFIX = "directory_g";

    private final DataSource database;
    private final JdbcClient jdbc;
    private boolean migrated;

    Generations(DataSource database) {
        this.database = database;
        this.jdbc = JdbcClient.create(database);
    }

    /**
     * Which generations there are.
     *
     * @param current the one that is read; null: none has been filled yet
     * @param building the one that will replace it; null: none
     * @param ledger whose events they have
     */
    record Numbers(@Nullable Integer current, @Nullable Integer building, UUID ledger) {

        IntStream all() {
            return Stream.of(Optional.ofNullable(current), Optional.ofNullable(building))
                    .flatMap(Optional::stream)
                    .mapToInt(Integer::intValue);
        }

        boolean has(int generation) {
            return all().anyMatch(number -> number == generation);
        }
    }

    /** Makes or migrates the schema that says which generation is read, at the first call and when it was dropped. */
    synchronized void migrateRoot() {
        if (!migrated || isMissing(ROOT + ".directory_generation")) {
            migrate(ROOT, "classpath:db/directory/root");
            migrated = true;
        }
    }

    /** Makes or migrates a generation. */
    void migrate(int generation) {
        migrate(schema(generation), "classpath:db/directory/generation");
    }

    /** Empty: nothing was ever filled, or the answer was dropped. */
    Optional<Numbers> numbers() {
        return jdbc.sql("select current, building, ledger_id from directory.directory_generation")
                .query((row, _) -> new Numbers(
                        row.getObject("current", Integer.class),
                        row.getObject("building", Integer.class),
                        Columns.id(row, "ledger_id")))
                .optional();
    }

    /** Whether the generation is not there: not made yet, or dropped by somebody. */
    boolean isLost(int generation) {
        return isMissing(schema(generation) + ".position");
    }

    /**
     * Begins a generation before which there is nothing to read, unless another instance has done so.
     *
     * @param seen what there is, and is of no use; null: nothing
     */
    void beginAnew(@Nullable Numbers seen, UUID ledger) {
        if (seen == null) {
            jdbc.sql("insert into directory.directory_generation (building, ledger_id) values (?, ?)"
                            + " on conflict do nothing")
                    .param(next())
                    .param(ledger)
                    .update();
            return;
        }
        jdbc.sql("update directory.directory_generation set current = null, building = ?, ledger_id = ?"
                        + " where current is not distinct from cast(? as integer)"
                        + " and building is not distinct from cast(? as integer) and ledger_id = ?")
                .param(next())
                .param(ledger)
                .param(seen.current())
                .param(seen.building())
                .param(seen.ledger())
                .update();
    }

    /** Begins the next generation, unless one is being built. */
    void beginNext() {
        jdbc.sql("update directory.directory_generation set building = coalesce(building, ?)")
                .param(next())
                .update();
    }

    /**
     * Has the generation that was built be read instead of the current one, and drops all others.
     *
     * @param anyhow also if it has not reached the current one, which nothing follows any more
     * @return false: it has not reached the current one yet
     */
    boolean swap(Numbers numbers, int building, boolean anyhow) {
        var current = numbers.current();
        if (current != null) {
            // Nobody must be told of a revision that the old generation reaches after this comparison.
            jdbc.sql("lock table " + schema(current) + ".position in exclusive mode")
                    .update();
            if (!anyhow && lags(building, current)) {
                return false;
            }
        }
        int swapped = jdbc.sql("update directory.directory_generation set current = ?, building = null"
                        + " where building = ? and current is not distinct from cast(? as integer)")
                .param(building)
                .param(building)
                .param(current)
                .update();
        if (swapped == 0) {
            return false;
        }
        existing()
                .filter(generation -> generation != building)
                .forEach(generation -> jdbc.sql("drop schema if exists " + schema(generation) + " cascade")
                        .update());
        return true;
    }

    /** The last applied event of each partition; none where the generation is not made yet. */
    List<LedgerPosition> positions(int generation) {
        if (isLost(generation)) {
            return List.of();
        }
        return jdbc.sql("select partition, revision from " + schema(generation) + ".position order by partition")
                .query((row, _) -> new LedgerPosition(row.getInt("partition"), row.getLong("revision")))
                .list();
    }

    /** How many offsets of {@code key-events} have been taken. */
    long taken(int generation) {
        return jdbc.sql("select coalesce(sum(next_offset), 0) from " + schema(generation) + ".position")
                .query(Long.class)
                .single();
    }

    /** Has the statements of this transaction mean the generation. */
    static void use(JdbcClient jdbc, int generation) {
        jdbc.sql("select set_config('search_path', ?, true)")
                .param(schema(generation))
                .query(String.class)
                .single();
    }

    /**
     * Has the statements of this transaction mean the generation that is read.
     *
     * @throws DirectoryUnavailableException if there is none
     */
    static void useCurrent(JdbcClient jdbc) {
        var found = jdbc.sql("select set_config('search_path', '" + PREFIX + "' || current, true)"
                        + " from directory.directory_generation where current is not null")
                .query(String.class)
                .optional();
        if (found.isEmpty()) {
            throw new DirectoryUnavailableException("It is being filled.", null);
        }
    }

    private boolean lags(int building, int current) {
        return jdbc.sql("select exists (select 1 from " + schema(current) + ".position o left join " + schema(building)
                        + ".position n using (partition) where o.revision > coalesce(n.revision, 0))")
                .query(Boolean.class)
                .single();
    }

    /** A number that no generation has, not even one that nothing refers to any more. */
    private int next() {
        var named = numbers().map(Numbers::all).map(IntStream::max).orElseGet(OptionalInt::empty);
        return 1 + Math.max(existing().max().orElse(0), named.orElse(0));
    }

    private IntStream existing() {
        return jdbc
                .sql("select nspname from pg_namespace where nspname ~ '^" + PREFIX + "[0-9]{1,9}$'")
                .query(String.class)
                .list()
                .stream()
                .mapToInt(name -> Integer.parseInt(name.substring(PREFIX.length())));
    }

    private boolean isMissing(String table) {
        return jdbc.sql("select to_regclass(?) is null")
                .param(table)
                .query(Boolean.class)
                .single();
    }

    private void migrate(String schema, String location) {
        Flyway.configure()
                .dataSource(database)
                .defaultSchema(schema)
                .schemas(schema)
                .createSchemas(true)
                .locations(location)
                .load()
                .migrate();
    }

    private static String schema(int generation) {
        return PREFIX + generation;
    }
}
