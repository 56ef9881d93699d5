package io.keyledger.audit.record;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.keyledger.audit.verify.Verification;
import io.keyledger.audit.verify.VerifyCommand;
import io.keyledger.local.AuditLogins;
import io.keyledger.local.LocalPostgres;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A database with the record's tables, as an administrator and as the service see it. */
final class RecordDatabase implements AutoCloseable {

    private final DataSource owner;
    private final HikariDataSource writer;

    /** Makes an empty one. */
    RecordDatabase(LocalPostgres postgres, String name) {
        postgres.createDatabase(name);
        owner = postgres.dataSource(name);
        var logins = AuditLogins.random();
        logins.make(postgres, name);
        Flyway.configure()
                .dataSource(postgres.jdbcUrl(name), AuditLogins.OWNER, logins.ownerPassword())
                .placeholders(Map.of("service_user", AuditLogins.SERVICE))
                .load()
                .migrate();
        var config = new HikariConfig();
        config.setJdbcUrl(postgres.jdbcUrl(name));
        config.setUsername(AuditLogins.SERVICE);
        config.setPassword(logins.servicePassword());
        config.setConnectionInitSql("SET ROLE keyledger_audit_writer");
        config.setConnectionTimeout(1000);
        config.setMaximumPoolSize(4);
        writer = new HikariDataSource(config);
    }

    /** Connects as the superuser. */
    JdbcClient asOwner() {
        return JdbcClient.create(owner);
    }

    /** Connects as the service. */
    JdbcClient asWriter() {
        return JdbcClient.create(writer);
    }

    DataSource writer() {
        return writer;
    }

    long count(String table) {
        return asOwner().sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }

    List<String> alarms() {
        return asOwner()
                .sql("SELECT kind FROM alarm ORDER BY id")
                .query((row, _) -> row.getString(1))
                .list();
    }

    Verification verify() {
        return VerifyCommand.verifier(writer, new JdbcTransactionManager(writer))
                .verify();
    }

    @Override
    public void close() {
        writer.close();
    }
}
