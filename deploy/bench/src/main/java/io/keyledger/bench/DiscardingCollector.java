package io.keyledger.bench;

import io.keyledger.ingest.IngestServiceApplication;
import io.keyledger.ingest.telemetry.TelemetryLog;
import io.keyledger.ingest.telemetry.TelemetryRecord;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** A Collector that throws accepted telemetry away: what a push takes without Kafka. No product can be set to do so. */
@Configuration(proxyBeanMethods = false)
public class DiscardingCollector {

    /** Starts it; configuration comes from the environment, as a Collector's does. */
    public static void main(String[] args) {
        SpringApplication.run(new Class<?>[] {IngestServiceApplication.class, DiscardingCollector.class}, args);
    }

    @Bean
    @Primary
    TelemetryLog discardingLog() {
        return new Discarding();
    }

    private static final class Discarding implements TelemetryLog {
        @Override
        public CompletionStage<Void> append(Iterator<TelemetryRecord> records) {
            // Each is cut when it is asked for: that is a part of what a push takes.
            records.forEachRemaining(_ -> {});
            return CompletableFuture.completedStage(null);
        }
    }
}
