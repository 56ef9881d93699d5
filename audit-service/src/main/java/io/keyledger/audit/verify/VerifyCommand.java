package io.keyledger.audit.verify;

import io.keyledger.audit.record.EventMapping;
import io.keyledger.audit.record.JdbcRecordedEvents;
import io.keyledger.audit.record.WireEventReader;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.RecordType;
import io.keyledger.codec.SchemaCatalog;
import javax.sql.DataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code --verify}: verifies the whole record, prints what came of it as JSON, and ends: 0 if all of it holds, 1 if not, 2 if nobody can tell. */
@ImportAutoConfiguration({DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class})
public class VerifyCommand {

    /** Among the arguments, it asks for this. */
    public static final String ARGUMENT = "--verify";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Verifies with the configuration of the service; returns the exit code. */
    public static int run(String... args) {
        var application = new SpringApplicationBuilder(VerifyCommand.class)
                .web(WebApplicationType.NONE)
                .properties("logging.level.root=WARN");
        try (var context = application.run(args)) {
            var verification = verifier(
                            context.getBean(DataSource.class), context.getBean(PlatformTransactionManager.class))
                    .verify();
            print(JSON.writeValueAsString(verification));
            return verification.holds() ? 0 : 1;
        } catch (DataAccessException | TransactionException e) {
            System.err.println("The record cannot be read: "
                    + NestedExceptionUtils.getMostSpecificCause(e).getMessage());
            return 2;
        }
    }

    /** A verifier of the record in this database, which reads what this version's schemas can read. */
    public static Verifier verifier(DataSource dataSource, PlatformTransactionManager transactions) {
        var codec = new LedgerCodec(new SchemaCatalog());
        return new Verifier(
                new JdbcRecordedEvents(dataSource, transactions),
                new EventMapping(new WireEventReader(
                        (value, fingerprint) -> codec.decode(RecordType.KEY_EVENTS, value, fingerprint))));
    }

    private static void print(String report) {
        // The report is what the command is for: it goes to standard output, as the logs do not have to.
        System.out.println(report);
    }
}
