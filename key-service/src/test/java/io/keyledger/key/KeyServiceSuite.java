package io.keyledger.key;

import io.keyledger.key.api.ApiClient;
import io.keyledger.key.api.Tenant;
import io.keyledger.local.LocalBroker;
import io.keyledger.local.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** The whole key-service in this JVM, on a real broker and a real PostgreSQL; one for all ITs of a run. */
public final class KeyServiceSuite {

    /** The token that the environment gives the Owner of the organization {@code default}. */
    public static final String OWNER_TOKEN = "tc-apiv1_" + "cd".repeat(32);

    private static final class Holder {
        private static final KeyServiceSuite INSTANCE = new KeyServiceSuite();
    }

    private final Path dir;
    private final TinyRegistry registry = new TinyRegistry();
    private LocalBroker broker;
    private LocalPostgres postgres;
    private ServletWebServerApplicationContext service;

    private KeyServiceSuite() {
        dir = newDirectory();
        broker = LocalBroker.start(dir.resolve("kafka"));
        postgres = LocalPostgres.start(dir.resolve("postgres"));
        service = newService();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            postgres.close();
            broker.close();
            registry.close();
        }));
        awaitReady();
    }

    /** Started at the first call. */
    public static KeyServiceSuite get() {
        return Holder.INSTANCE;
    }

    /** Calls the service with a token. */
    public ApiClient as(String token) {
        return anonymous().header("X-API-Key", token);
    }

    /** Calls the service without a token. */
    public ApiClient anonymous() {
        return new ApiClient(Objects.requireNonNull(service.getWebServer()).getPort());
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public LocalPostgres postgres() {
        return postgres;
    }

    public void stopBroker() {
        broker.close();
    }

    public void startBroker() {
        broker = LocalBroker.start(broker.settings());
    }

    public void stopPostgres() {
        postgres.close();
    }

    public void startPostgres() {
        postgres = LocalPostgres.start(postgres.settings());
    }

    /** Waits until the directory follows again. */
    public void awaitDirectory() {
        await(
                "the directory",
                () -> anonymous()
                        .get("/actuator/health")
                        .at("/components/directory/status")
                        .equals("UP"));
    }

    public void restartService() {
        service.close();
        service = newService();
        awaitReady();
    }

    public boolean isReady() {
        return anonymous().get("/actuator/health/readiness").status() == 200;
    }

    /** Waits for up to a minute. */
    public static void await(String what, BooleanSupplier until) {
        var deadline = Instant.now().plus(Duration.ofMinutes(1));
        while (!until.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("Waited a minute for: " + what);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private void awaitReady() {
        await("readiness", this::isReady);
    }

    private ServletWebServerApplicationContext newService() {
        return (ServletWebServerApplicationContext) new SpringApplicationBuilder(KeyServiceApplication.class)
                .run(
                        "--server.port=0",
                        "--logging.level.io.keyledger.key.api=DEBUG",
                        "--keyledger.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                        "--keyledger.registry.url=" + registry.url(),
                        "--keyledger.command-timeout=5s",
                        "--keyledger.ledger.partitions=" + Tenant.PARTITIONS,
                        "--keyledger.ledger.state-dir=" + dir.resolve("ledger"),
                        "--keyledger.keyset.file=" + dir.resolve("keyset.json"),
                        "--keyledger.operator-token=" + Tenant.OPERATOR_TOKEN,
                        "--keyledger.owner-token=" + OWNER_TOKEN,
                        "--spring.datasource.url=" + postgres.jdbcUrl(LocalPostgres.DIRECTORY_DATABASE));
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("key-service");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
