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
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The HTTP edge. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ListenProperties.class, PushProperties.class})
class EdgeConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeConfiguration.class);

    @Bean
    Endpoints endpoints(
            LedgerTables tables,
            Freshness freshness,
            TableStanding standing,
            TelemetryLog log,
            TelemetryProperties telemetry,
            PushRecorder recorder,
            PushProperties limits,
            ExecutorService continuations,
            InstantSource clock,
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
        var bodies = new PushBodies(limits, continuations);
        return new Endpoints(new PushHandler(gate, log, recorder, budget, bodies, limits, payload, clock));
    }

    @Bean
    PushServer pushServer(
            ListenProperties listen,
            PushProperties limits,
            Endpoints endpoints,
            SslBundles bundles,
            ServerProperties management,
            MeterRegistry registry) {
        if (Ssl.isEnabled(management.getSsl()) && listen.sslBundle() == null) {
            LOG.atWarn()
                    .log("server.ssl is of the port for health and metrics alone: agents send their keys without TLS,"
                            + " unless keyledger.push.ssl-bundle names a bundle or a proxy in front of them ends it");
        }
        var connections = new Connections(listen.maxConnections(), registry);
        var tls = listen.sslBundle() == null ? null : new Tls(bundles, listen.sslBundle());
        return new PushServer(
                listen, connections, new ConnectionInitializer(connections, tls, listen, endpoints, limits));
    }
}
