package io.keyledger.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL from its binaries on Maven Central, on a kept directory, durable (fsync, synchronous commits). To stop and
 * start it again on the same directory and port: {@code close()}, then {@code LocalPostgres.start(postgres.settings())}.
 *
 * <p>It listens on the loopback address alone and trusts whoever connects; the superuser is {@value #SUPERUSER}.
 */
public final class LocalPostgres implements AutoCloseable {
    public static final String SUPERUSER = "postgres";
    public static final String DIRECTORY_DATABASE = "keyledger_directory";
    public static final String AUDIT_DATABASE = "keyledger_audit";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final Settings settings;
    private final EmbeddedPostgres server;

    private LocalPostgres(Settings settings, EmbeddedPostgres server) {
        this.settings = settings;
        this.server = server;
    }

    /**
     * What one server is.
     *
     * @param dataDir kept over restarts; made when absent
     * @param log what the server prints is appended to this file; null: it goes to this JVM's log
     */
    public record Settings(Path dataDir, int port, @Nullable Path log) {
        /** A free port, printing to this JVM's log. */
        public static Settings ephemeral(Path dataDir) {
            return new Settings(dataDir, Ports.free(), null);
        }
    }

    /** Starts on a free port; returns when both databases are there. */
    public static LocalPostgres start(Path dataDir) {
        return start(Settings.ephemeral(dataDir));
    }

    /** Ends what a killed run left behind on this directory, starts, and returns when both databases are there. */
    public static LocalPostgres start(Settings settings) {
        try {
            var directory = new PostgresDirectory(settings.dataDir());
            directory.endOrphan();
            directory.removeHalfMade();
            var postgres = new LocalPostgres(settings, builder(settings).start());
            postgres.createDatabase(DIRECTORY_DATABASE);
            postgres.createDatabase(AUDIT_DATABASE);
            directory.markComplete();
            return postgres;
        } catch (IOException e) {
            throw new IllegalStateException("Expected PostgreSQL on 127.0.0.1:" + settings.port(), e);
        }
    }

    public Settings settings() {
        return settings;
    }

    /** The URL of a database, without user: connect as {@value #SUPERUSER}, or as a role of your own. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + settings.port() + "/" + database;
    }

    /** Connects as the superuser. */
    public DataSource dataSource(String database) {
        return server.getDatabase(SUPERUSER, database);
    }

    /** Makes the database unless it is there. */
    public void createDatabase(String name) {
        try (Connection connection = dataSource(SUPERUSER).getConnection();
                var there = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
                var create = connection.createStatement()) {
            there.setString(1, name);
            if (!there.executeQuery().next()) {
                create.execute("CREATE DATABASE " + quoted(name));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Expected to make " + name + " in " + jdbcUrl(SUPERUSER), e);
        }
    }

    /** The process id of the postmaster while it runs. */
    public Optional<ProcessHandle> process() {
        return new PostgresDirectory(settings.dataDir()).postmaster();
    }

    /** Stops cleanly, ending open sessions; returns when it has ended. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException("Expected PostgreSQL on 127.0.0.1:" + settings.port() + " to stop", e);
        }
    }

    private static EmbeddedPostgres.Builder builder(Settings settings) throws IOException {
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(settings.dataDir())
                .setCleanDataDirectory(false)
                // Its own hook would stop the server while its clients are still closing.
                .setRegisterShutdownHook(false)
                .setPort(settings.port())
                .setPGStartupWait(START_TIMEOUT)
                // The library's defaults are for throw-away data.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "32MB")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "''")
                .setLocaleConfig("locale", "C");
        Path log = settings.log();
        if (log != null) {
            Files.createDirectories(log.toAbsolutePath().getParent());
            builder.setOutputRedirector(Redirect.appendTo(log.toFile()))
                    .setErrorRedirector(Redirect.appendTo(log.toFile()));
        }
        return builder;
    }

    private static String quoted(String identifier) {
        if (!identifier.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException(
                    "Expected a name of lower-case letters, digits and _, but got: " + identifier);
        }
        return '"' + identifier + '"';
    }
}
