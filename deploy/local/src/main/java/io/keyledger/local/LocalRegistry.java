package io.keyledger.local;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Apicurio's schema registry as a child process, on a kept directory; it speaks Confluent's REST API. To stop and start
 * it again on the same directory and ports: {@code close()}, then {@code LocalRegistry.start(registry.settings())}.
 *
 * <p>Its program is not on the class path: this module's build unpacks it to {@code deploy/local/target/registry}, and it
 * is looked for as {@link #home()} says.
 */
public final class LocalRegistry implements AutoCloseable {
    /** Names another place of the unpacked registry: the directory that holds {@code quarkus-run.jar}. */
    public static final String HOME_PROPERTY = "keyledger.registry.home";

    static final String COMPATIBILITY = "FULL_TRANSITIVE";
    private static final Path BUILT = Path.of("deploy", "local", "target", "registry");
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final Settings settings;
    private final Process process;
    private final Thread hook;

    private LocalRegistry(Settings settings, Process process) {
        this.settings = settings;
        this.process = process;
        this.hook = new Thread(process::destroyForcibly, "registry-end");
    }

    /**
     * What one registry is.
     *
     * @param dataDir holds its H2 database and its log; kept over restarts
     * @param port the API
     * @param managementPort health and metrics
     */
    public record Settings(Path dataDir, int port, int managementPort) {
        /** Free ports. */
        public static Settings ephemeral(Path dataDir) {
            return new Settings(dataDir, Ports.free(), Ports.free());
        }

        /** The base of Confluent's REST API. */
        public String url() {
            return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
        }

        URI health() {
            return URI.create("http://127.0.0.1:" + managementPort + "/health/ready");
        }
    }

    /** Starts on free ports; returns when it answers, with its compatibility set to FULL_TRANSITIVE. */
    public static LocalRegistry start(Path dataDir) {
        return start(Settings.ephemeral(dataDir));
    }

    /** Starts; returns when it answers, with its compatibility set to FULL_TRANSITIVE. */
    public static LocalRegistry start(Settings settings) {
        try {
            Files.createDirectories(settings.dataDir());
            var builder = new ProcessBuilder(command()).redirectErrorStream(true);
            builder.environment().putAll(environment(settings));
            builder.redirectOutput(
                    Redirect.appendTo(settings.dataDir().resolve("registry.log").toFile()));
            var registry = new LocalRegistry(settings, builder.start());
            Runtime.getRuntime().addShutdownHook(registry.hook);
            registry.awaitReady();
            return registry;
        } catch (IOException e) {
            throw new IllegalStateException("Expected a registry at " + settings.url(), e);
        }
    }

    public Settings settings() {
        return settings;
    }

    /** The base of Confluent's REST API. */
    public String url() {
        return settings.url();
    }

    /** Stops cleanly, or by force if it hangs; returns when the ports are free. */
    @Override
    public void close() {
        Processes.stop(process.toHandle(), STOP_TIMEOUT);
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    /**
     * Where the registry was unpacked: what the system property {@value #HOME_PROPERTY} names, else
     * {@code deploy/local/target/registry} in the working directory or the nearest directory above it that has one.
     */
    public static Path home() {
        String named = System.getProperty(HOME_PROPERTY);
        if (named != null) {
            return Path.of(named);
        }
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            if (Files.exists(up.resolve(BUILT).resolve("quarkus-run.jar"))) {
                return up.resolve(BUILT);
            }
        }
        throw new IllegalStateException("Expected the registry in " + BUILT
                + ", where `mvn -pl deploy/local package` puts it, or where -D" + HOME_PROPERTY + " says");
    }

    static List<String> command() {
        return List.of(
                Processes.java(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=48m",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-jar",
                home().resolve("quarkus-run.jar").toString());
    }

    static Map<String, String> environment(Settings settings) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(settings.port()));
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(settings.managementPort()));
        environment.put(
                "APICURIO_DATASOURCE_URL",
                "jdbc:h2:file:" + settings.dataDir().resolve("registry").toAbsolutePath());
        // One machine's clients: the defaults open 20 connections and keep 100.
        environment.put("APICURIO_DATASOURCE_JDBC_INITIAL_SIZE", "2");
        environment.put("APICURIO_DATASOURCE_JDBC_MIN_SIZE", "2");
        environment.put("APICURIO_DATASOURCE_JDBC_MAX_SIZE", "8");
        return environment;
    }

    /**
     * Whether it answers, with its compatibility set: its own default is NONE, and every schema of the ledger must stay
     * readable, forward and backward.
     */
    static boolean isReady(Settings settings) {
        try {
            if (!Http.isOk(settings.health())) {
                return false;
            }
            Http.put(URI.create(settings.url() + "/config"), "{\"compatibility\":\"" + COMPATIBILITY + "\"}");
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void awaitReady() throws IOException {
        long end = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!isReady(settings)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new IOException("Expected " + settings.health() + " to answer within " + START_TIMEOUT
                        + "; its log: " + settings.dataDir().resolve("registry.log"));
            }
            Processes.pause(Duration.ofMillis(50));
        }
    }
}
