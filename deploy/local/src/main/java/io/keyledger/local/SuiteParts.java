package io.keyledger.local;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The six parts of the suite: what each is started with. */
final class SuiteParts {
    static final String OWNER_TOKEN = "KEYLEDGER_OWNER_TOKEN";
    static final String OPERATOR_TOKEN = "KEYLEDGER_OPERATOR_TOKEN";
    private static final Set<String> TOKENS = Set.of(OWNER_TOKEN, OPERATOR_TOKEN);
    private static final String READINESS = "/actuator/health/readiness";
    private static final List<String> FRUGAL = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            // Half of the CPU that a start takes; on two cores that is most of the wait.
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=64m",
            // The first clean stop after a build writes down the classes as they were loaded: again almost half.
            "-XX:+AutoCreateSharedArchive",
            "-Xlog:cds*=off",
            "-Xlog:aot*=off",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final SuiteSettings settings;
    private final Map<String, String> tokens;
    private final AuditLogins logins;

    /** @param tokens the owner's and the operator's, by the name of their variable */
    SuiteParts(SuiteSettings settings, Map<String, String> tokens, AuditLogins logins) {
        this.logins = logins;
        this.settings = settings;
        this.tokens = Map.copyOf(tokens);
    }

    Part broker() {
        int port = settings.port(SuitePort.KAFKA);
        var command =
                java("broker", "local", "-Xmx192m", "-Dlogback.configurationFile=io/keyledger/local/suite-logback.xml");
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                BrokerMain.class.getName(),
                settings.data().resolve("kafka").toString(),
                Integer.toString(port),
                Integer.toString(settings.port(SuitePort.KAFKA_CONTROLLER))));
        command.addAll(slowFollower());
        return new ChildPart(settings, "broker", command, frugal(Map.of()), TOKENS, () -> KafkaProbe.answers(port));
    }

    /** The delay of the slow one of three brokers; empty: there is one. */
    private List<String> slowFollower() {
        var delay = settings.environment().get(TrialSuite.SLOW_FOLLOWER_MS);
        return delay == null ? List.of() : List.of(delay);
    }

    Part postgres() {
        return new PostgresPart(settings, logins);
    }

    Part registry() {
        LocalRegistry.Settings registry = settings.registry();
        return new ChildPart(
                settings,
                "registry",
                LocalRegistry.command(),
                frugal(LocalRegistry.environment(registry)),
                TOKENS,
                () -> LocalRegistry.isReady(registry));
    }

    Part keyService() {
        var environment = database(LocalPostgres.DIRECTORY_DATABASE);
        environment.putAll(tokens);
        environment.put("KEYLEDGER_LEDGER_INSTANCE_ID", "local-1");
        environment.put(
                "KEYLEDGER_LEDGER_STATE_DIR",
                settings.data().resolve("key-service").toString());
        environment.putIfAbsent(
                "KEYLEDGER_KEYSET_FILE", settings.data().resolve("keyset.json").toString());
        int port = settings.port(SuitePort.KEY_SERVICE);
        return service("key-service", "key-service", "-Xmx256m", port, environment, Set.of());
    }

    Part ingestService() {
        return collector(1, settings.port(SuitePort.INGEST_SERVICE), settings.port(SuitePort.INGEST_MANAGEMENT));
    }

    /** A Collector of this number: the first is the suite's own. */
    Part collector(int number, int port, int managementPort) {
        var environment = new HashMap<String, String>();
        environment.put("KEYLEDGER_COLLECTOR_ID", "local-" + number);
        environment.put("KEYLEDGER_COLLECTOR_ADDRESS", settings.url(port, ""));
        environment.put("KEYLEDGER_PUSH_PORT", Integer.toString(port));
        environment.put("KEYLEDGER_PUSH_ADDRESS", settings.address());
        String name = number == 1 ? "ingest-service" : "ingest-service-" + number;
        return service(name, "ingest-service", "-Xmx192m", managementPort, environment, TOKENS);
    }

    Part auditService() {
        int port = settings.port(SuitePort.AUDIT_SERVICE);
        var environment = database(LocalPostgres.AUDIT_DATABASE);
        environment.put("SPRING_DATASOURCE_USERNAME", AuditLogins.SERVICE);
        environment.put("SPRING_DATASOURCE_PASSWORD", logins.servicePassword());
        environment.put("SPRING_FLYWAY_USER", AuditLogins.OWNER);
        environment.put("SPRING_FLYWAY_PASSWORD", logins.ownerPassword());
        return service("audit-service", "audit-service", "-Xmx192m", port, environment, TOKENS);
    }

    /** @param port of the service's own HTTP, with its health */
    private Part service(
            String name, String app, String heap, int port, Map<String, String> environment, Set<String> withheld) {
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.put("SERVER_ADDRESS", settings.address());
        environment.put("KEYLEDGER_KAFKA_BOOTSTRAP_SERVERS", settings.bootstrapServers());
        environment.put("KEYLEDGER_REGISTRY_URL", settings.registry().url());
        environment.put("KEYLEDGER_LEDGER_PARTITIONS", "4");
        environment.put("SPRING_MAIN_BANNER_MODE", "off");
        environment.put("KEYLEDGER_KAFKA_REPLICATION_FACTOR", slowFollower().isEmpty() ? "1" : "3");
        var command = java(name, app, heap);
        command.addAll(List.of("-jar", settings.app(app).resolve(app + ".jar").toString()));
        URI readiness = URI.create(settings.url(port, READINESS));
        return new ChildPart(settings, name, command, frugal(environment), withheld, () -> Http.isOk(readiness));
    }

    private Map<String, String> database(String name) {
        var environment = new HashMap<String, String>();
        environment.put(
                "SPRING_DATASOURCE_URL",
                "jdbc:postgresql://127.0.0.1:" + settings.port(SuitePort.POSTGRES) + "/" + name);
        environment.put("SPRING_DATASOURCE_USERNAME", LocalPostgres.SUPERUSER);
        environment.put("SPRING_DATASOURCE_PASSWORD", LocalPostgres.SUPERUSER);
        return environment;
    }

    /** The JVM of a part: {@code KEYLEDGER_JAVA_OPTS_KEY_SERVICE} and so on add to its options, and win; Collectors share theirs. */
    private List<String> java(String part, String app, String... options) {
        var command = new ArrayList<String>();
        command.add(Processes.java());
        command.addAll(FRUGAL);
        command.add("-XX:SharedArchiveFile=" + settings.app(app).resolve(part + ".jsa"));
        command.addAll(List.of(options));
        String variable = "KEYLEDGER_JAVA_OPTS_"
                + part.replaceFirst("-\\d+$", "").toUpperCase(Locale.ROOT).replace('-', '_');
        String more = settings.environment().getOrDefault(variable, "").strip();
        if (!more.isEmpty()) {
            command.addAll(List.of(more.split("\\s+")));
        }
        return command;
    }

    /** Each of glibc's arenas keeps what was freed in it: two are enough here. */
    private static Map<String, String> frugal(Map<String, String> environment) {
        var frugal = new HashMap<>(environment);
        frugal.put("MALLOC_ARENA_MAX", "2");
        return frugal;
    }
}
