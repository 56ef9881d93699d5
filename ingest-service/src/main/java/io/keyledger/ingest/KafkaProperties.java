package io.keyledger.ingest;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Kafka is.
 *
 * @param bootstrapServers {@code host:port}, separated by commas
 * @param properties what else Kafka's clients need, such as TLS and SASL; it may hold secrets and is never printed
 */
@ConfigurationProperties("keyledger.kafka")
public record KafkaProperties(
        @DefaultValue("127.0.0.1:9092") String bootstrapServers,
        @DefaultValue Map<String, String> properties) {

    public KafkaProperties {
        properties = Map.copyOf(properties);
    }

    @Override
    public String toString() {
        return "KafkaProperties[" + bootstrapServers + "]";
    }
}
