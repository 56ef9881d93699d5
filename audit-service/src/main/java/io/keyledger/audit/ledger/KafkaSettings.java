package io.keyledger.audit.ledger;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Kafka is reached.
 *
 * @param bootstrapServers {@code host:port}, separated by commas
 * @param properties what else Kafka's clients need, such as TLS and SASL
 */
@ConfigurationProperties("keyledger.kafka")
record KafkaSettings(
        @DefaultValue("127.0.0.1:9092") String bootstrapServers,
        @DefaultValue Map<String, String> properties) {

    /** The properties may hold secrets. */
    @Override
    public String toString() {
        return "KafkaSettings[bootstrapServers=" + bootstrapServers + "]";
    }
}
