package io.keyledger.ingest.edge;

import io.keyledger.ingest.gate.KeyGate;
import io.keyledger.ingest.protocol.PayloadLimits;
import io.keyledger.ingest.telemetry.TelemetryLog;
import io.keyledger.ingest.telemetry.TelemetryProperties;
import io.keyledger.ingest.usage.PushRecorder;
import io.keyledger.table.Freshness;
import io.keyledger.table.LedgerTables;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.HttpHandler;

/** The HTTP edge; Boot manages its port, TLS, HTTP/2 and shutdown. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PushProperties.class)
class EdgeConfiguration {

    /** Of the agents' port alone: health and metrics answer also when there are too many agents. */
    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> connectionBounds(
            PushProperties limits,
            @Value("${server.netty.idle-timeout}") Duration idleTimeout,
            MeterRegistry registry) {
        var bounds = new ConnectionBounds(limits.maxConnections(), idleTimeout, registry);
        return factory -> factory.addServerCustomizers(bounds::bound);
    }

    /** For bodies that take too long. To begin and end a time-out costs it next to nothing, and nearly all end at once. */
    @Bean(destroyMethod = "stop")
    Timer bodyTimer(ExecutorService continuations) {
        var threads = Thread.ofPlatform().name("body-timer").daemon().factory();
        return new HashedWheelTimer(threads, 50, TimeUnit.MILLISECONDS, 512, true, -1, continuations);
    }

    @Bean
    HttpHandler httpHandler(
            LedgerTables tables,
            Freshness freshness,
            TableStanding standing,
            TelemetryLog log,
            TelemetryProperties telemetry,
            PushRecorder recorder,
            PushProperties limits,
            ExecutorService continuations,
            InstantSource clock,
            Timer bodyTimer,
            MeterRegistry registry) {
        var budget = new ByteBudget(
                limits.maxInFlight().toBytes(),
                limits.maxInFlightPerOrganization().toBytes());
        Gauge.builder("keyledger.push.in.flight", budget, ByteBudget::used)
                .description("Bytes that pushes hold now")
                .baseUnit("bytes")
                .register(registry);
        var gate = new ProvenGate(new KeyGate(tables), freshness, standing, limits.proofWait(), clock, continuations);
        var payload = new PayloadLimits((int) telemetry.maxRecord().toBytes(), limits.maxLines());
        return new IngestHttpHandler(
                new PushHandler(gate, log, recorder, budget, limits, payload, clock), limits, bodyTimer);
    }
}
