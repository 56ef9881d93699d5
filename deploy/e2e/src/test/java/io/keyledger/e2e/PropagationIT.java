package io.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * From the call of a revocation to the refusal on two Collectors: figures beside the broker's own produce-to-consume
 * time in the same run. The test asserts only that each revocation is enforced; the figures are printed, for these
 * machines are too noisy to judge them.
 */
@ExtendWith(SharedSuite.class)
class PropagationIT {

    private static final int REVOCATIONS = 200;
    private static final int BURSTS = 20;
    private static final int BURST = 16;

    /** Times of one revocation, in nanoseconds from the call. */
    private record Measured(long answered, long refused) {}

    @Test
    void howLongARevocationTakes(Suite suite) throws Exception {
        var tenant = suite.newTenant("propagation");
        var overrides = new ArrayList<String[]>();
        for (int i = 0; i < 2 * REVOCATIONS + BURSTS * BURST; i++) {
            var system = tenant.newSystem("p" + i, "p" + i);
            overrides.add(new String[] {system, tenant.newOverride(system), "cpu,host=p" + i + " usage=1\n"});
        }
        var next = overrides.iterator();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var even = new ArrayList<Measured>();
            for (int i = 0; i < REVOCATIONS; i++) {
                long start = System.nanoTime();
                even.add(revoke(tenant, next.next(), threads::submit));
                long left = 100_000_000L - (System.nanoTime() - start);
                if (left > 0) {
                    Await.pause(Duration.ofNanos(left));
                }
            }
            var closed = new ArrayList<Measured>();
            for (int i = 0; i < REVOCATIONS; i++) {
                closed.add(revoke(tenant, next.next(), threads::submit));
            }
            var bursts = new ArrayList<Measured>();
            for (int burst = 0; burst < BURSTS; burst++) {
                var calls = new ArrayList<Callable<Measured>>();
                for (int i = 0; i < BURST; i++) {
                    var override = next.next();
                    calls.add(() -> revoke(tenant, override, threads::submit));
                }
                for (var done : threads.invokeAll(calls)) {
                    bursts.add(done.get());
                }
            }
            print("broker alone: produce to consume", floor(suite));
            report("200 at 10/s", even);
            report("200 in a closed loop", closed);
            report("20 bursts of 16", bursts);
        }
    }

    private interface Submit {
        Future<Long> call(Callable<Long> work);
    }

    /** Revokes, and probes both Collectors from the call on until each has refused. */
    private static Measured revoke(Tenant tenant, String[] override, Submit threads)
            throws InterruptedException, ExecutionException {
        var probes = new ArrayList<Future<Long>>();
        long start = System.nanoTime();
        for (int i = 0; i < tenant.suite().collectors.size(); i++) {
            int collector = i;
            probes.add(threads.call(() -> refusedAt(tenant, collector, override)));
        }
        tenant.api()
                .post("/api/v1/systems/" + override[0] + "/override/revoke", Map.of("reason", "COMPROMISED"))
                .expect(200);
        long answered = System.nanoTime() - start;
        long refused = 0;
        for (var probe : probes) {
            refused = Math.max(refused, probe.get() - start);
        }
        // Refused once, refused for ever.
        assertThat(tenant.pushEverywhere(override[1], override[2])).containsExactly(401, 401);
        return new Measured(answered, refused);
    }

    private static long refusedAt(Tenant tenant, int collector, String[] override) {
        long limit = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < limit) {
            if (tenant.push(collector, override[1], override[2]).statusCode() == 401) {
                return System.nanoTime();
            }
            Await.pause(Duration.ofMillis(1));
        }
        throw new AssertionError("Expected collector " + collector + " to refuse within 10 s of the revocation.");
    }

    /** The broker's own time from a send with acks=all to a read-committed consumer, at 50 a second. */
    private static List<Long> floor(Suite suite) throws Exception {
        var topic = "telemetry.influx";
        var times = new ArrayList<Long>();
        try (var consumer = KafkaLog.consumer(suite.broker.bootstrapServers());
                var producer = KafkaLog.producer(suite.broker.bootstrapServers())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            consumer.position(partition);
            for (int i = 0; i < 220; i++) {
                var value = ("floor,host=floor id=\"" + UUID.randomUUID() + "\" " + i).getBytes(StandardCharsets.UTF_8);
                long start = System.nanoTime();
                var sent = producer.send(new ProducerRecord<>(topic, 0, null, value));
                boolean seen = false;
                while (!seen) {
                    for (var record : consumer.poll(Duration.ofMillis(100))) {
                        seen |= Arrays.equals(record.value(), value);
                    }
                }
                sent.get();
                if (i >= 20) {
                    times.add(System.nanoTime() - start);
                }
                Await.pause(Duration.ofMillis(10));
            }
        }
        return times;
    }

    private static void report(String pattern, List<Measured> measured) {
        print(
                pattern + ": call to answer",
                measured.stream().map(Measured::answered).toList());
        print(
                pattern + ": call to refused on both Collectors",
                measured.stream().map(Measured::refused).toList());
    }

    private static void print(String what, List<Long> nanos) {
        var sorted = nanos.stream().sorted().toList();
        System.out.printf(
                "[propagation] %-62s n %4d   p50 %6.1f ms   p99 %6.1f ms   max %6.1f ms%n",
                what, sorted.size(), at(sorted, 0.50), at(sorted, 0.99), at(sorted, 1));
    }

    private static double at(List<Long> sorted, double quantile) {
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(quantile * sorted.size()))) / 1e6;
    }
}
