package io.keyledger.local;

import java.util.Map;

/** The ports of the suite, each with its default and with the environment variable that moves it. */
public enum SuitePort {
    KEY_SERVICE(8080, "key-service: API"),
    INGEST_SERVICE(8081, "ingest-service: agents push here"),
    INGEST_MANAGEMENT(9081, "ingest-service: health and metrics"),
    AUDIT_SERVICE(8082, "audit-service"),
    KAFKA(9092, "Kafka"),
    KAFKA_CONTROLLER(9093, "Kafka's controller"),
    REGISTRY(8085, "schema registry"),
    REGISTRY_MANAGEMENT(8086, "schema registry: health"),
    POSTGRES(15432, "PostgreSQL");

    private final int standard;
    private final String use;

    SuitePort(int standard, String use) {
        this.standard = standard;
        this.use = use;
    }

    /** Who listens there, in words. */
    public String use() {
        return use;
    }

    /** For example {@code KEYLEDGER_PORT_KAFKA}. */
    public String variable() {
        return "KEYLEDGER_PORT_" + name();
    }

    /** The port that the environment asks for, or the default. */
    public int in(Map<String, String> environment) {
        String value = environment.get(variable());
        if (value == null || value.isBlank()) {
            return standard;
        }
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > 65_535) {
            throw new IllegalArgumentException(
                    "Expected a port from 1 to 65535 in " + variable() + ", but got: " + value);
        }
        return Integer.parseInt(value);
    }
}
