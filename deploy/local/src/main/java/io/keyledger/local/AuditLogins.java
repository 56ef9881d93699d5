package io.keyledger.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;

/**
 * How audit-service signs in to PostgreSQL: as the owner of its tables to migrate, and else as a login that may read and
 * add, and nothing more. Each has a password of its own, unlike the superuser, whom this server trusts.
 */
public final class AuditLogins {
    public static final String OWNER = "keyledger_audit_owner";
    public static final String SERVICE = "keyledger_audit_service";

    private static final String PASSWORD_ASKED = "host all " + OWNER + "," + SERVICE + " all scram-sha-256\n";

    private final String ownerPassword;
    private final String servicePassword;

    private AuditLogins(String ownerPassword, String servicePassword) {
        this.ownerPassword = ownerPassword;
        this.servicePassword = servicePassword;
    }

    /** New passwords, kept nowhere. */
    public static AuditLogins random() {
        var random = new SecureRandom();
        return new AuditLogins(Tokens.make("", random), Tokens.make("", random));
    }

    /** The passwords that the folder keeps, each in a file for its owner alone; made when absent. */
    public static AuditLogins kept(Path data) throws IOException {
        return new AuditLogins(
                Tokens.kept(data.resolve("audit-owner-password"), ""),
                Tokens.kept(data.resolve("audit-service-password"), ""));
    }

    public String ownerPassword() {
        return ownerPassword;
    }

    public String servicePassword() {
        return servicePassword;
    }

    /** Makes both for a database, and hands the owner what a superuser made there in earlier times. Again does no harm. */
    public void make(LocalPostgres postgres, String database) {
        askForPasswords(postgres);
        try (var connection = postgres.dataSource(database).getConnection();
                var statement = connection.createStatement()) {
            for (String sql : statements(database)) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            // Its message would tell the statement, password included, to no end.
            throw new IllegalStateException("Expected to make " + OWNER + " and " + SERVICE + ", but got SQLSTATE "
                    + e.getSQLState() + " from " + postgres.jdbcUrl(database));
        }
    }

    private String[] statements(String database) {
        return new String[] {
            """
            DO $$
            DECLARE
                made text;
            BEGIN
                FOREACH made IN ARRAY ARRAY ['keyledger_audit_writer', '%1$s', '%2$s'] LOOP
                    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = made) THEN
                        EXECUTE format('CREATE ROLE %%I', made);
                    END IF;
                END LOOP;
            END
            $$""".formatted(OWNER, SERVICE),
            "ALTER ROLE " + OWNER + " LOGIN PASSWORD '" + ownerPassword + "'",
            "ALTER ROLE " + SERVICE + " LOGIN PASSWORD '" + servicePassword + "'",
            "GRANT keyledger_audit_writer TO " + SERVICE,
            "ALTER DATABASE " + database + " OWNER TO " + OWNER,
            """
            DO $$
            DECLARE
                change text;
            BEGIN
                FOR change IN
                    SELECT format('ALTER TABLE %%I.%%I OWNER TO %1$s', schemaname, tablename) FROM pg_tables
                    WHERE schemaname = 'public' AND tableowner <> '%1$s'
                    UNION ALL
                    SELECT format('ALTER ROUTINE %%s OWNER TO %1$s', oid::regprocedure) FROM pg_proc
                    WHERE pronamespace = 'public'::regnamespace AND pg_get_userbyid(proowner) <> '%1$s'
                LOOP
                    EXECUTE change;
                END LOOP;
            END
            $$""".formatted(OWNER)
        };
    }

    /** The first line that fits decides: these two come before the library's, which trusts everybody. */
    private static void askForPasswords(LocalPostgres postgres) {
        Path rules = postgres.settings().dataDir().resolve("pg_hba.conf");
        try (var connection = postgres.dataSource(LocalPostgres.SUPERUSER).getConnection();
                var statement = connection.createStatement()) {
            String known = Files.readString(rules);
            if (!known.startsWith(PASSWORD_ASKED)) {
                Tokens.write(rules, PASSWORD_ASKED + known);
                statement.execute("SELECT pg_reload_conf()");
            }
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("Expected to write " + rules, e);
        }
    }
}
