package io.keyledger.local;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The suite as {@code deploy/up} starts it, for a trial: on free ports, in a new directory, with as many Collectors as
 * wanted, from the jars that are built. It ends with this JVM at the latest, but for a SIGKILL.
 */
public final class TrialSuite implements AutoCloseable {
    /** In the environment of a trial: there are three brokers, and the third gets what it fetches so many milliseconds late. */
    public static final String SLOW_FOLLOWER_MS = "KEYLEDGER_TRIAL_SLOW_FOLLOWER_MS";

    private static final List<String> APPS = List.of("key-service", "ingest-service", "audit-service");

    private final SuiteSettings settings;
    private final List<Address> collectors;
    private final List<List<Part>> levels;
    private final Supervisor supervisor;
    private final AtExit ending;

    /** Where a Collector listens: for agents, and for who watches it. */
    public record Address(int port, int managementPort) {
        static Address free() {
            return new Address(Ports.free(), Ports.free());
        }
    }

    private TrialSuite(SuiteSettings settings, List<Address> collectors, String operatorToken, PrintStream out) {
        this.settings = settings;
        this.collectors = List.copyOf(collectors);
        var parts = new SuiteParts(settings, Map.of(SuiteParts.OPERATOR_TOKEN, operatorToken), AuditLogins.random());
        var services = new ArrayList<>(List.of(parts.keyService(), parts.auditService()));
        for (int i = 0; i < collectors.size(); i++) {
            services.add(parts.collector(
                    i + 1, collectors.get(i).port(), collectors.get(i).managementPort()));
        }
        levels = List.of(List.of(parts.broker(), parts.postgres(), parts.registry()), services);
        supervisor = new Supervisor(levels, settings.startTimeout(), Supervisor.FIRST_PAUSE, new Progress(out, false));
        ending = AtExit.run(supervisor::stop);
    }

    /**
     * Starts everything; returns when all are ready.
     *
     * @param home the repository, built
     * @param data a new directory
     * @param environment what {@code deploy/up} would read of it, such as {@code KEYLEDGER_JAVA_OPTS_KEY_SERVICE}
     * @throws IllegalStateException if a part does not come up
     */
    public static TrialSuite start(
            Path home,
            Path data,
            int collectors,
            String operatorToken,
            Map<String, String> environment,
            PrintStream out)
            throws IOException {
        var all = new HashMap<>(environment);
        all.put("KEYLEDGER_DATA", data.toString());
        for (var port : SuitePort.values()) {
            all.put(port.variable(), Integer.toString(Ports.free()));
        }
        var settings = SuiteSettings.of(all);
        Files.createDirectories(settings.run());
        Files.createDirectories(data.resolve("logs"));
        for (String app : APPS) {
            var jar = home.resolve(app).resolve("target").resolve("keyledger-" + app + "-1.0.0-SNAPSHOT-app.jar");
            if (!Files.exists(jar)) {
                throw new IllegalStateException("Expected " + jar + ": build it with mvn package from the root.");
            }
            Files.createDirectories(settings.app(app));
            Files.createSymbolicLink(settings.app(app).resolve(app + ".jar"), jar.toAbsolutePath());
        }
        Files.createDirectories(settings.app("local"));
        var addresses =
                IntStream.range(0, collectors).mapToObj(_ -> Address.free()).toList();
        var suite = new TrialSuite(settings, addresses, operatorToken, out);
        try {
            suite.supervisor.start();
        } catch (Supervisor.StartFailed failed) {
            suite.close();
            throw new IllegalStateException(
                    failed.getMessage() + "; its log is " + failed.part().log().file(), failed);
        }
        return suite;
    }

    public URI keyService() {
        return URI.create(settings.url(SuitePort.KEY_SERVICE, ""));
    }

    public List<Address> collectors() {
        return collectors;
    }

    public String bootstrapServers() {
        return settings.bootstrapServers();
    }

    /** The running processes by the part's name: broker, postgres, registry, key-service, ingest-service, ingest-service-2 … */
    public Map<String, ProcessHandle> processes() {
        var processes = new LinkedHashMap<String, ProcessHandle>();
        levels.stream()
                .flatMap(List::stream)
                .forEach(part -> part.process().ifPresent(process -> processes.put(part.name(), process)));
        return processes;
    }

    /** Stops everything; the directory stays. */
    @Override
    public void close() {
        ending.close();
    }
}
