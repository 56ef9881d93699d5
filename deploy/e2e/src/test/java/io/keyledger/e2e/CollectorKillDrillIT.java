package io.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Collector is killed under load, again and again: every line that was answered 2xx is on Kafka. */
@ExtendWith(SharedSuite.class)
class CollectorKillDrillIT {

    private static final int CLIENTS = 4;

    @Test
    void everyLineAnswered2xxIsOnKafka(Suite suite) throws Exception {
        var drill = Drill.fromProperties("collector");
        var tenant = suite.newTenant("drill collector");
        var secret = tenant.globalSecret();
        var acknowledged = ConcurrentHashMap.<String>newKeySet();
        var pushes = new AtomicLong();
        var stop = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var clients = new ArrayList<Future<?>>();
            for (int client = 0; client < CLIENTS; client++) {
                var prefix = "drill,host=h" + client;
                clients.add(threads.submit(() -> {
                    while (!stop.get()) {
                        var line = prefix + " n=" + pushes.incrementAndGet() + "i";
                        try {
                            if (tenant.push(0, secret, line + " " + System.nanoTime() + "\n")
                                            .statusCode()
                                    == 204) {
                                acknowledged.add(line);
                            }
                        } catch (UncheckedIOException killed) {
                            Await.pause(Duration.ofMillis(50));
                        }
                    }
                }));
            }
            drill.kill(suite.collectors.get(0), Duration.ofMillis(200), Duration.ofMillis(1_000), stop);
            for (var client : clients) {
                client.get();
            }
        }
        var onKafka = linesOf(suite);
        var lost = new HashSet<>(acknowledged);
        lost.removeAll(onKafka);
        drill.print("%d pushes, %d answered 2xx, %d of them not on Kafka"
                .formatted(pushes.get(), acknowledged.size(), lost.size()));
        assertThat(acknowledged).isNotEmpty();
        assertThat(lost).as("answered 2xx, but not on Kafka (%s)", drill).isEmpty();
    }

    /** Every drill line on Kafka, without its timestamp. */
    private static Set<String> linesOf(Suite suite) {
        var lines = new HashSet<String>();
        for (var record : KafkaLog.readAll(suite.broker.bootstrapServers(), "telemetry.influx")) {
            new String(record.value(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("drill,"))
                    .forEach(line -> lines.add(line.substring(0, line.lastIndexOf(' '))));
        }
        return lines;
    }
}
