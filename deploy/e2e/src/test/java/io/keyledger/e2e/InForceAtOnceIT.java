package io.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A change is in force the moment its answer arrives, on every Collector: not one push is refused. "Not now" (503) is no
 * refusal, its sender keeps the data; how often it was said is printed.
 */
@ExtendWith(SharedSuite.class)
class InForceAtOnceIT {

    private static final int CHANGES = 1_000;
    private static final int CLIENTS = 8;

    @Test
    void aNewOverrideIsNeverRefused(Suite suite) throws Exception {
        var tenant = suite.newTenant("in force: overrides");
        var outcome = new Outcome();
        var next = new AtomicInteger();
        inParallel(() -> {
            for (int i = next.getAndIncrement(); i < CHANGES; i = next.getAndIncrement()) {
                var host = "override-" + i;
                var secret = tenant.newOverride(tenant.newSystem("system " + i, host));
                pushAtOnce(tenant, host, secret, outcome);
            }
            return true;
        });
        outcome.check("new overrides");
    }

    @Test
    void aHostJustLinkedIsNeverRefusedWithItsOverride(Suite suite) throws Exception {
        var tenant = suite.newTenant("in force: hosts");
        var system = tenant.newSystem("many");
        var secret = tenant.newOverride(system);
        var outcome = new Outcome();
        var next = new AtomicInteger();
        inParallel(() -> {
            for (int i = next.getAndIncrement(); i < CHANGES; i = next.getAndIncrement()) {
                var host = "linked-" + i;
                tenant.link(system, List.of(host)).expect(200);
                pushAtOnce(tenant, host, secret, outcome);
            }
            return true;
        });
        outcome.check("hosts just linked");
    }

    /** Pushes with the key to each Collector; anything but 204, and 503 before it, is a refusal. */
    private static void pushAtOnce(Tenant tenant, String host, String secret, Outcome outcome) {
        for (int collector = 0; collector < tenant.suite().collectors.size(); collector++) {
            int status = tenant.push(collector, secret, "cpu,host=" + host + " usage=1\n")
                    .statusCode();
            for (int again = 0; status == 503 && again < 20; again++) {
                outcome.notNow.incrementAndGet();
                Await.pause(Duration.ofMillis(100));
                status = tenant.push(collector, secret, "cpu,host=" + host + " usage=1\n")
                        .statusCode();
            }
            if (status != 204) {
                outcome.refused.add(host + " on collector " + collector + ": " + status);
            }
        }
    }

    /** What became of the pushes. */
    private static final class Outcome {
        final Queue<String> refused = new ConcurrentLinkedQueue<>();
        final AtomicInteger notNow = new AtomicInteger();

        void check(String what) {
            System.out.printf(
                    "[in force] %s: %d changes, %d pushes refused, %d times \"not now\"%n",
                    what, CHANGES, refused.size(), notNow.get());
            assertThat(refused).isEmpty();
        }
    }

    private static void inParallel(Callable<Boolean> client) throws Exception {
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            for (var done : threads.invokeAll(Collections.nCopies(CLIENTS, client))) {
                done.get();
            }
        }
    }
}
