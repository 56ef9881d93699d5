package io.keyledger.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the suite is told by its environment.
 *
 * @param data everything that is kept: {@code KEYLEDGER_DATA}
 * @param address where the services listen: {@code KEYLEDGER_ADDRESS}, 127.0.0.1 unless it says otherwise
 * @param ports where each part listens
 * @param startTimeout how long a part may take to become ready: {@code KEYLEDGER_START_TIMEOUT_SECONDS}, 120
 * @param environment what was there, for the services
 */
record SuiteSettings(
        Path data,
        String address,
        Map<SuitePort, Integer> ports,
        Duration startTimeout,
        Map<String, String> environment) {
    private static final String START_TIMEOUT = "KEYLEDGER_START_TIMEOUT_SECONDS";

    static SuiteSettings of(Map<String, String> environment) {
        var ports = new EnumMap<SuitePort, Integer>(SuitePort.class);
        for (SuitePort port : SuitePort.values()) {
            ports.put(port, port.in(environment));
        }
        return new SuiteSettings(
                Path.of(environment.getOrDefault("KEYLEDGER_DATA", "deploy/data"))
                        .toAbsolutePath(),
                said(environment, "KEYLEDGER_ADDRESS", "127.0.0.1"),
                Map.copyOf(ports),
                startTimeout(said(environment, START_TIMEOUT, "120")),
                Map.copyOf(environment));
    }

    /** What is blank was not said. */
    private static String said(Map<String, String> environment, String variable, String unsaid) {
        String value = environment.getOrDefault(variable, "").strip();
        return value.isEmpty() ? unsaid : value;
    }

    private static Duration startTimeout(String seconds) {
        if (!seconds.matches("[1-9]\\d{0,5}")) {
            throw new IllegalArgumentException("Expected seconds in " + START_TIMEOUT + ", but got: " + seconds);
        }
        return Duration.ofSeconds(Long.parseLong(seconds));
    }

    int port(SuitePort port) {
        return ports.getOrDefault(port, 0);
    }

    /** How this machine reaches a port of the suite. */
    String url(SuitePort port, String path) {
        return url(port(port), path);
    }

    /** The same of a port that a service was given. */
    String url(int port, String path) {
        return "http://" + host() + ":" + port + path;
    }

    /** Who listens on all addresses is reached on the loopback one; who listens on one, there alone. */
    private String host() {
        return switch (address) {
            case "0.0.0.0", "::" -> "127.0.0.1";
            default -> address.contains(":") ? "[" + address + "]" : address;
        };
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port(SuitePort.KAFKA);
    }

    /** Holds the programs: what was built, as it was when it was started. */
    Path app(String name) {
        return data.resolve("app").resolve(name);
    }

    Path log(String part) {
        return data.resolve("logs").resolve(part + ".log");
    }

    /** Holds process ids and the lock: of no worth once nothing runs. */
    Path run() {
        return data.resolve("run");
    }

    LocalRegistry.Settings registry() {
        return new LocalRegistry.Settings(
                data.resolve("registry"), port(SuitePort.REGISTRY), port(SuitePort.REGISTRY_MANAGEMENT));
    }

    LocalPostgres.Settings postgres() {
        return new LocalPostgres.Settings(data.resolve("postgres"), port(SuitePort.POSTGRES), log("postgres"));
    }

    /** A sentence for each port that somebody else has, with the variable that moves it. */
    List<String> takenPorts() {
        return Arrays.stream(SuitePort.values())
                .filter(port -> !Ports.isFree(port(port)))
                .map(port -> "Port " + port(port) + " (" + port.use() + ") is taken. Free it, or name another one: "
                        + port.variable() + "=" + (port(port) + 10_000) % 65_536)
                .toList();
    }
}
