package io.keyledger.ingest;

import io.keyledger.client.LedgerConnection;
import java.time.Clock;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What all parts of a Collector share: the clock, and the way to Kafka. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaProperties.class)
class IngestConfiguration {

    @Bean
    InstantSource clock() {
        return Clock.systemUTC();
    }

    /** Runs what follows a proof or an acknowledgement, so that the threads that hear of them go on. */
    @Bean(destroyMethod = "shutdown")
    ExecutorService continuations() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("continuation-", 0).factory());
    }

    @Bean
    LedgerConnection ledgerConnection(KafkaProperties kafka, @Value("${keyledger.collector.id}") String collectorId) {
        return new LedgerConnection(kafka.bootstrapServers(), collectorId, kafka.properties());
    }
}
