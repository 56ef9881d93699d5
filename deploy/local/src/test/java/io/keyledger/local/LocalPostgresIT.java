package io.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresIT {
    @TempDir
    private Path dir;

    @Test
    void isDurableAndKeptOverARestartAndOverAnOrphan() throws Exception {
        var settings = LocalPostgres.Settings.ephemeral(dir.resolve("data"));
        try (LocalPostgres first = LocalPostgres.start(settings)) {
            assertThat(query(first, "SHOW fsync")).isEqualTo("on");
            assertThat(query(first, "SHOW synchronous_commit")).isEqualTo("on");
            execute(first, "CREATE TABLE kept(value text); INSERT INTO kept VALUES ('still here')");
        }

        ProcessHandle postmaster = leaveAnOrphan(settings);

        var moved = new LocalPostgres.Settings(settings.dataDir(), Ports.free(), dir.resolve("postgres.log"));
        try (LocalPostgres again = LocalPostgres.start(moved)) {
            assertThat(Processes.isRunning(postmaster)).isFalse();
            assertThat(query(again, "SELECT value FROM kept")).isEqualTo("still here");
            assertThat(moved.log()).isNotEmptyFile();
        }
        assertThat(Ports.isFree(moved.port())).isTrue();
    }

    @Test
    void beginsAnewWhereTheFirstStartWasKilled() throws Exception {
        Path halfMade = Files.createDirectories(dir.resolve("half"));
        Files.writeString(halfMade.resolve("postgresql.conf"), "");
        try (LocalPostgres postgres = LocalPostgres.start(halfMade)) {
            assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
        }
    }

    private static ProcessHandle leaveAnOrphan(LocalPostgres.Settings settings)
            throws IOException, InterruptedException {
        new ProcessBuilder(
                        Processes.java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledJvm.class.getName(),
                        settings.dataDir().toString(),
                        Integer.toString(settings.port()))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start()
                .waitFor();
        return new PostgresDirectory(settings.dataDir()).postmaster().orElseThrow();
    }

    /** A JVM that ends without closing what it started. */
    static final class KilledJvm {
        private KilledJvm() {}

        public static void main(String[] args) {
            var settings = new LocalPostgres.Settings(Path.of(args[0]), Integer.parseInt(args[1]), null);
            LocalPostgres.start(settings);
            Runtime.getRuntime().halt(1);
        }
    }

    private static String query(LocalPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static void execute(LocalPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(LocalPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(LocalPostgres.AUDIT_DATABASE), LocalPostgres.SUPERUSER, "");
    }
}
