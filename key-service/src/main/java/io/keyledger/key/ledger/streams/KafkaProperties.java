package io.keyledger.key.ledger.streams;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to reach Kafka.
 *
 * @param bootstrapServers {@code host:port}, separated by commas
 * @param replicationFactor of all topics that are made; from 3 on two replicas must have each record
 * @param properties what else Kafka's clients need, such as TLS and SASL; it may hold secrets and is never printed
 */
@ConfigurationProperties("keyledger.kafka")
public record KafkaProperties(
        @DefaultValue("127.0.0.1:9092") String bootstrapServers,
        @DefaultValue("1") short replicationFactor,
        @DefaultValue Map<String, String> properties) {

    private static final int SAFE_REPLICATION = 3;

    /** @throws IllegalArgumentException naming the property and the rule */
    public KafkaProperties {
        properties = Map.copyOf(properties);
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException(
                    "Expected keyledger.kafka.bootstrap-servers as host:port, but it is empty.");
        }
        if (replicationFactor < 1) {
            throw new IllegalArgumentException("Expected keyledger.kafka.replication-factor to be 1 or more, but it is "
                    + replicationFactor + ".");
        }
    }

    /** How many replicas must have a record before it counts. */
    int minInsyncReplicas() {
        return replicationFactor >= SAFE_REPLICATION ? 2 : 1;
    }

    /** The properties of one client; {@code settings} win. */
    Map<String, Object> client(String clientId, Map<String, Object> settings) {
        var all = new HashMap<String, Object>(properties);
        all.put("bootstrap.servers", bootstrapServers);
        all.put("client.id", clientId);
        // After an outage a client must not sleep longer than the outage did.
        all.put("reconnect.backoff.max.ms", 500);
        all.put("enable.metrics.push", false);
        all.putAll(settings);
        return all;
    }

    @Override
    public String toString() {
        return "KafkaProperties[" + bootstrapServers + ", replicationFactor=" + replicationFactor + "]";
    }
}
