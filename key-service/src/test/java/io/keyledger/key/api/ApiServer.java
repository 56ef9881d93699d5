package io.keyledger.key.api;

import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.SchemaCatalog;
import io.keyledger.key.directory.DirectoryStatus;
import io.keyledger.key.directory.LedgerPosition;
import io.keyledger.key.directory.ReadBarrier;
import io.keyledger.key.directory.Rebuild;
import io.keyledger.key.prober.ProberConfiguration;
import io.keyledger.key.receipt.Receipts;
import io.keyledger.key.receipt.TestFleet;
import io.keyledger.key.secret.SecretConfiguration;
import io.keyledger.key.session.SessionConfiguration;
import io.keyledger.table.FakeFreshness;
import io.keyledger.table.LedgerTables;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** The API over HTTP, on the ledger's rules without Kafka and PostgreSQL; one for all tests of a run. */
final class ApiServer {

    static final String PROVISIONED_TOKEN = "tc-apiv1_" + "ab".repeat(32);

    private static final class Holder {
        private static final ApiServer INSTANCE = start();
    }

    final PureLedgerGateway ledger;
    final StateDirectory directory;
    final FakeFreshness freshness;
    final ReadBarrier barrier;
    final TestFleet fleet;
    private final ServletWebServerApplicationContext context;
    private final int port;

    private ApiServer(String... more) {
        context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Application.class)
                .properties(more)
                .run(
                        "--server.port=0",
                        "--keyledger.ledger.partitions=4",
                        "--keyledger.operator-token=" + Tenant.OPERATOR_TOKEN,
                        "--keyledger.owner-token=" + PROVISIONED_TOKEN,
                        "--keyledger.keyset.file=" + keysetFile(),
                        "--keyledger.command-timeout=5s",
                        // The ledger's own indicator is not here.
                        "--management.endpoint.health.validate-group-membership=false");
        ledger = context.getBean(PureLedgerGateway.class);
        directory = context.getBean(StateDirectory.class);
        freshness = context.getBean(FakeFreshness.class);
        barrier = context.getBean(ReadBarrier.class);
        fleet = context.getBean(TestFleet.class);
        port = Objects.requireNonNull(context.getWebServer()).getPort();
    }

    static ApiServer get() {
        return Holder.INSTANCE;
    }

    /** One with other properties. */
    static ApiServer start(String... more) {
        return new ApiServer(more);
    }

    void close() {
        context.close();
    }

    int port() {
        return port;
    }

    /** Calls it with a token. */
    ApiClient as(String token) {
        return new ApiClient(port).header("X-API-Key", token);
    }

    ApiClient asNobody() {
        return new ApiClient(port);
    }

    ApiClient asOperator() {
        return as(Tenant.OPERATOR_TOKEN);
    }

    /** A new organization and its Owner's token. */
    Tenant newTenant() {
        return Tenant.make(this::as);
    }

    private static String keysetFile() {
        try {
            return Files.createTempDirectory("keyset").resolve("keyset.json").toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The beans that are not under test. No configuration by annotation, so that no scan of the service finds it. */
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    @Import({SecretConfiguration.class, SessionConfiguration.class, ProberConfiguration.class})
    @ComponentScan(basePackageClasses = ApiConfiguration.class)
    static class Application {

        @Bean
        @Primary
        PureLedgerGateway ledger() {
            return new PureLedgerGateway();
        }

        @Bean
        LedgerCodec codec() {
            return new LedgerCodec(new SchemaCatalog());
        }

        @Bean
        LedgerTables tables(PureLedgerGateway ledger) {
            return ledger.tables;
        }

        @Bean
        StateDirectory stateDirectory(PureLedgerGateway ledger) {
            return new StateDirectory(ledger.state);
        }

        @Bean
        FakeFreshness freshness() {
            return new FakeFreshness();
        }

        @Bean
        ReadBarrier readBarrier() {
            var barrier = new ReadBarrier(Duration.ofMillis(200)) {
                @Override
                public void onAnswered(LedgerPosition position) {
                    super.onAnswered(position);
                    // The directory of these tests is never behind.
                    onReached(1, lastKnown(position.partition()));
                }
            };
            barrier.onCurrent(1, null);
            return barrier;
        }

        @Bean
        TestFleet fleet() {
            return new TestFleet(Tenant.PARTITIONS);
        }

        @Bean
        Receipts receipts(TestFleet fleet) {
            return fleet.receipts();
        }

        @Bean
        Rebuild rebuild() {
            return new Rebuild() {
                @Override
                public void start() {
                    // Nothing to build.
                }

                @Override
                public DirectoryStatus status() {
                    return new DirectoryStatus(new DirectoryStatus.Generation(1, List.of("0:7")), null);
                }
            };
        }
    }
}
