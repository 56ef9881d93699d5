package io.keyledger.key.directory;

import io.keyledger.client.KeyEventsConsumer;
import io.keyledger.client.LedgerConnection;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.RecordType;
import io.keyledger.key.ledger.streams.LedgerId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the directory in place. */
@Configuration(proxyBeanMethods = false)
public class DirectoryConfiguration {

    @Bean
    ReadBarrier readBarrier(@Value("${keyledger.directory.wait:2s}") Duration longest) {
        return new ReadBarrier(longest);
    }

    @Bean
    Directory directory(JdbcClient jdbc, PlatformTransactionManager manager) {
        var reads = new TransactionTemplate(manager);
        reads.setReadOnly(true);
        return new JdbcDirectory(jdbc, reads);
    }

    @Bean
    DirectoryFollower directoryFollower(
            DataSource database,
            JdbcClient jdbc,
            PlatformTransactionManager manager,
            ReadBarrier barrier,
            LedgerConnection ledger,
            LedgerId ledgerId,
            LedgerCodec codec,
            MeterRegistry meters) {
        var connection =
                new LedgerConnection(ledger.bootstrapServers(), ledger.clientId() + "-directory", ledger.properties());
        var gaps = Counter.builder("keyledger.directory.gaps")
                .description("How often PostgreSQL has lost what was stored, and it was read again")
                .register(meters);
        var generations = new Generations(database);
        var writes = new TransactionTemplate(manager);
        var followed = new FollowedGenerations(
                generations,
                jdbc,
                writes,
                barrier,
                gaps,
                writer -> KeyEventsConsumer.start(
                        connection,
                        (value, fingerprint) -> codec.decode(RecordType.KEY_EVENTS, value, fingerprint)
                                .orThrow(),
                        writer,
                        writer));
        return new DirectoryFollower(generations, followed, writes, barrier, ledgerId);
    }

    @Bean
    DirectoryHealth directoryHealthIndicator(DirectoryFollower follower) {
        return new DirectoryHealth(follower);
    }

    /** After the start, which waits neither for PostgreSQL nor for the topics. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> opensDirectory(DirectoryFollower follower) {
        return _ -> follower.open();
    }
}
