package io.keyledger.e2e;

import io.keyledger.local.BrokerLink;
import io.keyledger.local.LocalBroker;
import io.keyledger.local.LocalPostgres;
import io.keyledger.local.LocalRegistry;
import io.keyledger.local.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The whole suite on free ports: broker and database in this JVM's care, registry and services as processes, two Collectors. */
final class Suite implements AutoCloseable {

    static final String OPERATOR_TOKEN = "operator-of-the-e2e-suite";
    static final int PARTITIONS = 4;

    private final Path directory;
    /** The way of each Collector to the broker, where it can be cut. */
    final List<BrokerLink> links;

    LocalBroker broker;
    LocalPostgres postgres;
    LocalRegistry registry;
    final ServiceProcess keyService;
    final List<ServiceProcess> collectors;
    final ServiceProcess audit;
    final URI keyServiceUri;
    final List<URI> collectorUris;
    final List<URI> collectorManagementUris;
    final URI auditUri;

    private Suite(Path directory, Map<String, String> everywhere, List<BrokerLink> links) {
        this.directory = directory;
        this.links = List.copyOf(links);
        var settings = LocalBroker.Settings.ephemeral(directory.resolve("kafka"));
        broker = LocalBroker.start(links.isEmpty() ? settings : BrokerLink.listeners(settings, links));
        postgres = startOrEnd(() -> LocalPostgres.start(directory.resolve("postgres")), broker);
        registry = startOrEnd(() -> LocalRegistry.start(directory.resolve("registry")), postgres, broker);
        int keyPort = Ports.free();
        int auditPort = Ports.free();
        int[] ingestPorts = {Ports.free(), Ports.free()};
        int[] managementPorts = {Ports.free(), Ports.free()};
        keyServiceUri = local(keyPort);
        auditUri = local(auditPort);
        collectorUris = List.of(local(ingestPorts[0]), local(ingestPorts[1]));
        collectorManagementUris = List.of(local(managementPorts[0]), local(managementPorts[1]));
        keyService = service("key-service", 320, keyServiceUri, keyServiceEnvironment(keyPort), everywhere);
        collectors = List.of(
                service(
                        "ingest-service",
                        256,
                        collectorManagementUris.get(0),
                        collectorEnvironment(1, ingestPorts[0], managementPorts[0]),
                        everywhere),
                service(
                        "ingest-service",
                        256,
                        collectorManagementUris.get(1),
                        collectorEnvironment(2, ingestPorts[1], managementPorts[1]),
                        everywhere));
        audit = service("audit-service", 256, auditUri, auditEnvironment(auditPort), everywhere);
    }

    /** Starts everything in a new directory and waits until all are ready. */
    static Suite start(String name, Map<String, String> everywhere) {
        return start(name, everywhere, List.of());
    }

    /** Like {@link #start}; the ways of the Collectors to the broker can be cut, and they fence themselves after seconds. */
    static Suite startWithLinks(String name, Duration maxStaleness) {
        var settings = Map.of(
                "KEYLEDGER_TABLE_MAX_STALENESS",
                maxStaleness.toSeconds() + "s",
                "KEYLEDGER_COLLECTOR_REPORT_EVERY",
                "1s");
        return start(name, settings, List.of(new BrokerLink(), new BrokerLink()));
    }

    private static Suite start(String name, Map<String, String> everywhere, List<BrokerLink> links) {
        try {
            var directory = Files.createTempDirectory(Files.createDirectories(Path.of("target", "suites")), name + "-")
                    .toAbsolutePath();
            var suite = new Suite(directory, everywhere, links);
            try {
                suite.services().forEach(ServiceProcess::spawn);
                suite.services().forEach(ServiceProcess::awaitReady);
            } catch (RuntimeException | AssertionError e) {
                // Its processes would go on for ever.
                suite.close();
                throw e;
            }
            return suite;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts what comes next; if it fails, what was started before is ended in this order. */
    static <T> T startOrEnd(Supplier<T> next, AutoCloseable... before) {
        try {
            return next.get();
        } catch (RuntimeException | Error e) {
            for (var started : before) {
                try {
                    started.close();
                } catch (Exception alsoFailed) {
                    e.addSuppressed(alsoFailed);
                }
            }
            throw e;
        }
    }

    List<ServiceProcess> services() {
        return List.of(keyService, collectors.get(0), collectors.get(1), audit);
    }

    /** Where logs, data and state are. */
    Path directory() {
        return directory;
    }

    /** A new organization of this name's own, and a client with its Owner's token. */
    Tenant newTenant(String name) {
        var answer = new Api(keyServiceUri, OPERATOR_TOKEN).post("/api/v1/organizations", Map.of("name", name));
        if (answer.status() != 201) {
            throw new AssertionError("Expected 201 for a new organization, but got " + answer);
        }
        return new Tenant(
                this,
                answer.body().get("id").asString(),
                answer.body().get("ownerToken").asString());
    }

    void stopBroker() {
        broker.close();
    }

    void startBroker() {
        broker = LocalBroker.start(broker.settings());
    }

    void stopPostgres() {
        postgres.close();
    }

    void startPostgres() {
        postgres = LocalPostgres.start(postgres.settings());
    }

    void stopRegistry() {
        registry.close();
    }

    void startRegistry() {
        registry = LocalRegistry.start(registry.settings());
    }

    @Override
    public void close() {
        for (var service : services().reversed()) {
            service.close();
        }
        registry.close();
        postgres.close();
        broker.close();
        links.forEach(BrokerLink::close);
    }

    private ServiceProcess service(
            String module, int heapMb, URI readiness, Map<String, String> own, Map<String, String> everywhere) {
        var jar = Path.of(
                System.getProperty("keyledger.home"),
                module,
                "target",
                "keyledger-" + module + "-1.0.0-SNAPSHOT-app.jar");
        var environment = new HashMap<>(everywhere);
        environment.put("KEYLEDGER_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.putAll(own);
        environment.put("KEYLEDGER_REGISTRY_URL", registry.url());
        environment.put("KEYLEDGER_LEDGER_PARTITIONS", "" + PARTITIONS);
        var name = environment.getOrDefault("KEYLEDGER_COLLECTOR_ID", module);
        return new ServiceProcess(
                name,
                jar,
                heapMb,
                readiness.resolve("/actuator/health/readiness"),
                directory.resolve(name + ".log"),
                environment);
    }

    private Map<String, String> keyServiceEnvironment(int port) {
        return Map.of(
                "SERVER_PORT",
                "" + port,
                "KEYLEDGER_OPERATOR_TOKEN",
                OPERATOR_TOKEN,
                "KEYLEDGER_KEYSET_FILE",
                directory.resolve("keyset.json").toString(),
                "KEYLEDGER_LEDGER_STATE_DIR",
                directory.resolve("ledger").toString(),
                "KEYLEDGER_LEDGER_INSTANCE_ID",
                "key-service-1",
                "SPRING_DATASOURCE_URL",
                postgres.jdbcUrl(LocalPostgres.DIRECTORY_DATABASE),
                "SPRING_DATASOURCE_USERNAME",
                LocalPostgres.SUPERUSER,
                "SPRING_DATASOURCE_PASSWORD",
                "");
    }

    private Map<String, String> collectorEnvironment(int number, int port, int managementPort) {
        return Map.of(
                "KEYLEDGER_KAFKA_BOOTSTRAP_SERVERS",
                        links.isEmpty()
                                ? broker.bootstrapServers()
                                : links.get(number - 1).bootstrapServers(),
                "KEYLEDGER_PUSH_PORT", "" + port,
                "SERVER_PORT", "" + managementPort,
                "KEYLEDGER_COLLECTOR_ID", "collector-" + number,
                "KEYLEDGER_COLLECTOR_ADDRESS", local(port).toString());
    }

    private Map<String, String> auditEnvironment(int port) {
        return Map.of(
                "SERVER_PORT",
                "" + port,
                "SPRING_DATASOURCE_URL",
                postgres.jdbcUrl(LocalPostgres.AUDIT_DATABASE),
                "SPRING_DATASOURCE_USERNAME",
                LocalPostgres.SUPERUSER,
                "SPRING_DATASOURCE_PASSWORD",
                "");
    }

    private static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
