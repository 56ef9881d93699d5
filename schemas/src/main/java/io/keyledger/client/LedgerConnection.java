package io.keyledger.client;

import java.util.HashMap;
import java.util.Map;

/**
 * How to reach the ledger's Kafka.
 *
 * @param bootstrapServers {@code host:port}, separated by commas
 * @param clientId a prefix, for the broker's logs and metrics
 * @param properties what else Kafka's clients need, such as TLS and SASL; it may hold secrets and is never printed
 */
public record LedgerConnection(String bootstrapServers, String clientId, Map<String, String> properties) {

    public LedgerConnection {
        properties = Map.copyOf(properties);
    }

    /** Without TLS and SASL. */
    public LedgerConnection(String bootstrapServers, String clientId) {
        this(bootstrapServers, clientId, Map.of());
    }

    /** The properties of one client; {@code settings} win. */
    Map<String, Object> clientProperties(String suffix, Map<String, Object> settings) {
        var all = new HashMap<String, Object>(properties);
        all.put("bootstrap.servers", bootstrapServers);
        all.put("client.id", clientId + "-" + suffix);
        all.putAll(settings);
        return all;
    }

    @Override
    public String toString() {
        return "LedgerConnection[" + bootstrapServers + ", " + clientId + "]";
    }
}
