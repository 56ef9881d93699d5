package io.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLoginsIT {
    private static final String DATABASE = LocalPostgres.AUDIT_DATABASE;

    @TempDir
    private Path dir;

    @Test
    void takesOverWhatASuperuserMadeInEarlierTimes() throws Exception {
        AuditLogins logins = AuditLogins.kept(dir);
        try (LocalPostgres postgres = LocalPostgres.start(dir.resolve("postgres"))) {
            execute(postgres, LocalPostgres.SUPERUSER, "", """
                    CREATE ROLE keyledger_audit_writer;
                    CREATE TABLE kept (value text);
                    CREATE FUNCTION answer() RETURNS int LANGUAGE sql AS 'SELECT 42';
                    GRANT SELECT, INSERT ON kept TO keyledger_audit_writer""");

            logins.make(postgres, DATABASE);
            AuditLogins.kept(dir).make(postgres, DATABASE);

            var owner = logins.ownerPassword();
            execute(postgres, AuditLogins.OWNER, owner, "ALTER TABLE kept ADD COLUMN more text; CREATE TABLE made ()");
            execute(postgres, AuditLogins.OWNER, owner, "ALTER FUNCTION answer() RENAME TO reply");
            var service = logins.servicePassword();
            execute(postgres, AuditLogins.SERVICE, service, "INSERT INTO kept VALUES ('a'); SELECT * FROM kept");
            assertRefused(postgres, AuditLogins.SERVICE, service, "DELETE FROM kept", "permission denied");
            assertRefused(postgres, AuditLogins.SERVICE, service, "SET ROLE " + AuditLogins.OWNER, "permission denied");
            assertRefused(postgres, AuditLogins.SERVICE, owner, "SELECT 1", "password authentication failed");
            assertRefused(postgres, AuditLogins.OWNER, "", "SELECT 1", "password");
        }
    }

    @Test
    void keepsThePasswordsForTheirOwnerAlone() throws IOException {
        AuditLogins first = AuditLogins.kept(dir);

        assertThat(AuditLogins.kept(dir).servicePassword()).isEqualTo(first.servicePassword());
        assertThat(first.ownerPassword()).hasSize(64).isNotEqualTo(first.servicePassword());
        for (String file : new String[] {"audit-owner-password", "audit-service-password"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    private static void assertRefused(LocalPostgres postgres, String user, String password, String sql, String why) {
        assertThatThrownBy(() -> execute(postgres, user, password, sql)).hasMessageContaining(why);
    }

    private static void execute(LocalPostgres postgres, String user, String password, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(postgres.jdbcUrl(DATABASE), user, password);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
