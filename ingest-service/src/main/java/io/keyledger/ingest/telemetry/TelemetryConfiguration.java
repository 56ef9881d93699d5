package io.keyledger.ingest.telemetry;

import io.keyledger.client.LedgerConnection;
import java.util.concurrent.ExecutorService;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Telemetry goes to Kafka. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TelemetryProperties.class)
class TelemetryConfiguration {

    @Bean
    KafkaTelemetryLog telemetryLog(
            LedgerConnection connection, TelemetryProperties properties, ExecutorService continuations) {
        return new KafkaTelemetryLog(KafkaTelemetryLog.producer(connection, properties), continuations);
    }
}
