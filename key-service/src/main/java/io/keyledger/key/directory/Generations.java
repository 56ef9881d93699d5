package io.keyledger.key.directory;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The generations of the directory, each a schema of its own in PostgreSQL, so that a new one is filled while the old one
 * is read. Schema {@code directory} says which is which.
 */
final class Generations {

    private static final String ROOT = "directory";

    private final DataSource database;
    private final JdbcClient jdbc;

    Generations(DataSource database) {
        this.database = database;
        this.jdbc = JdbcClient.create(database);
    }

    /**
     * Which generations there are.
     *
     * @param building null: none
     */
    record Numbers(int current, @Nullable Integer building) {}

    /** Makes or migrates the schema that says which generation is read. */
    void migrateRoot() {
        migrate(ROOT, "classpath:db/directory/root");
    }

    /** Makes or migrates a generation. */
    void migrate(int generation) {
        migrate(schema(generation), "classpath:db/directory/generation");
    }

    Numbers numbers() {
        return jdbc.sql("select current, building from directory.directory_generation")
                .query((row, _) -> new Numbers(row.getInt("current"), row.getObject("building", Integer.class)))
                .single();
    }

    /** Whether the generation is not there: not made yet, or dropped by somebody. */
    boolean isLost(int generation) {
        return jdbc.sql("select to_regclass(?) is null")
                .param(schema(generation) + ".position")
                .query(Boolean.class)
                .single();
    }

    /** Begins the next generation, unless one is being built. */
    void beginNext() {
        jdbc.sql("update directory.directory_generation set building = coalesce(building, current + 1)")
                .update();
    }

    /**
     * Has the generation that was built be read instead of the current one, and drops that one.
     *
     * @param anyhow also if it has not reached the current one, which nothing follows any more
     * @return false: it has not reached the current one yet
     */
    boolean swap(Numbers numbers, boolean anyhow) {
        var building = numbers.building();
        if (building == null) {
            return false;
        }
        // Nobody must be told of a revision that the old generation reaches after this comparison.
        jdbc.sql("lock table " + schema(numbers.current()) + ".position in exclusive mode")
                .update();
        if (!anyhow && lags(building, numbers.current())) {
            return false;
        }
        jdbc.sql("update directory.directory_generation set current = ?, building = null where building = ?")
                .param(building)
                .param(building)
                .update();
        jdbc.sql("drop schema if exists " + schema(numbers.current()) + " cascade")
                .update();
        return true;
    }

    /** The last applied event of each partition; none where the generation is not made yet. */
    List<LedgerPosition> positions(int generation) {
        if (isLost(generation)) {
            return List.of();
        }
        return new ArrayList<>(
                jdbc.sql("select partition, revision from " + schema(generation) + ".position order by partition")
                        .query((row, _) -> new LedgerPosition(row.getInt("partition"), row.getLong("revision")))
                        .list());
    }

    /** Has the statements of this transaction mean the generation. */
    static void use(JdbcClient jdbc, int generation) {
        jdbc.sql("select set_config('search_path', ?, true)")
                .param(schema(generation))
                .query(String.class)
                .single();
    }

    /** Has the statements of this transaction mean the generation that is read. */
    static void useCurrent(JdbcClient jdbc) {
        jdbc.sql("select set_config('search_path', 'directory_g' || current, true)"
                        + " from directory.directory_generation")
                .query(String.class)
                .single();
    }

    private boolean lags(int building, int current) {
        return jdbc.sql("select exists (select 1 from " + schema(current) + ".position o left join " + schema(building)
                        + ".position n using (partition) where o.revision > coalesce(n.revision, 0))")
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
        return "directory_g" + generation;
    }
}
