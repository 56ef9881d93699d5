package io.keyledger.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.key.HostStreamCall.Told;
import io.keyledger.key.api.ApiClient;
import io.keyledger.key.api.Tenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A great many hosts in one call, on a real broker. */
class HostStreamIT {

    private static final int MANY = 100_000;
    private static final int SOME = 20_000;
    private static final long MEBIBYTE = 1 << 20;

    private final KeyServiceSuite suite = KeyServiceSuite.get();
    private Tenant tenant;
    private String system;

    @BeforeEach
    void newTenant() {
        tenant = Tenant.make(suite::as);
        system = owner().post("/api/v1/systems", "{\"name\":\"web\"}").header("Location");
    }

    @Test
    void aHundredThousandHostsInOneCallTakeLittleMemory() throws IOException {
        var elsewhere = owner().post("/api/v1/systems", "{\"name\":\"mail\"}").header("Location");
        owner().post(elsewhere + "/hosts", "{\"hosts\":[\"h-00000099\"]}");
        long before = usedHeap();
        var highest = 0L;
        var begun = System.nanoTime();
        try (var call = call("POST", null)) {
            call.send(0, MANY);
            for (var told = call.read(); !told.ended(); told = call.read()) {
                if (told.lines() > 0 && told.lines() % 25_000 == 0) {
                    highest = Math.max(highest, usedHeap());
                }
                if (told.refused() != null) {
                    assertThat(told.refused()).isEqualTo("h-00000099");
                }
            }
            assertThat(call.last().linked()).isEqualTo(MANY - 1);
        }
        var took = Duration.ofNanos(System.nanoTime() - begun);
        System.out.printf(
                "%d hosts linked in %d ms, %d MiB more heap at most%n",
                MANY, took.toMillis(), (highest - before) / MEBIBYTE);
        assertThat(highest - before).isLessThan(64 * MEBIBYTE);
        assertThat(hostCount()).isEqualTo(MANY - 1);

        try (var call = call("PUT", null)) {
            call.send(MANY - 1_000, MANY + 1_000);
            assertThat(call.readToEnd().unlinked()).isEqualTo(MANY - 1_000 - 1);
        }
        assertThat(hostCount()).isEqualTo(2_000);
    }

    @Test
    void aCallThatWasCutGoesOnWithTheSameKey() throws IOException {
        var key = UUID.randomUUID().toString();
        try (var call = call("PUT", key)) {
            call.sendWithoutEnd(0, SOME / 2);
            readTo(call, 5_000);
        }
        var end = repeat(key);
        assertThat(end.linked()).isEqualTo(SOME);
        assertThat(end.replayed()).isGreaterThanOrEqualTo(10);
        assertThat(hostCount()).isEqualTo(SOME);
    }

    @Test
    void aCallThatARestartHasCutGoesOnWithTheSameKey() throws IOException {
        var key = UUID.randomUUID().toString();
        try (var call = call("PUT", key)) {
            call.sendWithoutEnd(0, SOME / 2);
            readTo(call, 5_000);
            suite.restartService();
        }
        var end = repeat(key);
        assertThat(end.linked()).isEqualTo(SOME);
        assertThat(end.replayed()).isGreaterThanOrEqualTo(10);
        assertThat(hostCount()).isEqualTo(SOME);
    }

    @Test
    void otherChangesGoBetweenTheParts() throws Exception {
        try (var call = call("POST", null)) {
            // All is there to be read: nothing but the parts themselves holds the stream up.
            call.send(0, SOME);
            readTo(call, 500);
            var end = CompletableFuture.supplyAsync(() -> {
                try {
                    return call.readToEnd();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            for (int i = 0; i < 5; i++) {
                long before = call.last().lines();
                var renamed = owner().patch(system, "{\"name\":\"web " + i + "\"}");
                long hosts = renamed.json().at("/hostCount").asLong();
                // The ledger counts them as they are in its order.
                assertThat(hosts)
                        .as("hosts linked when %d were wanted and %d told of", SOME, before)
                        .isLessThan(SOME);
                assertThat((hosts - before) / 500).as("parts between").isLessThanOrEqualTo(10);
            }
            assertThat(end.get(1, TimeUnit.MINUTES).linked()).isEqualTo(SOME);
        }
    }

    @Test
    void aReplacementNeedsNoPostgres() throws IOException {
        owner().post(system + "/hosts", "{\"hosts\":[\"gone\",\"h-00000001\"]}");
        suite.stopPostgres();
        try (var call = call("PUT", null)) {
            call.send(0, 1_000);
            var end = call.readToEnd();
            assertThat(end.linked()).isEqualTo(999);
            assertThat(end.unlinked()).isEqualTo(1);
        } finally {
            suite.startPostgres();
        }
        suite.awaitDirectory();
        assertThat(hostCount()).isEqualTo(1_000);
    }

    private Told repeat(String key) throws IOException {
        while (true) {
            try (var call = call("PUT", key)) {
                call.send(0, SOME);
                var end = call.readToEnd();
                // The service may not have noticed yet that nobody listens to the first one.
                if (end.status() != 409) {
                    return end;
                }
            }
        }
    }

    private static Told readTo(HostStreamCall call, long lines) throws IOException {
        var told = call.read();
        while (told.lines() < lines) {
            assertThat(told.ended()).as("%s", told).isFalse();
            told = call.read();
        }
        return told;
    }

    private HostStreamCall call(String method, @Nullable String key) throws IOException {
        return new HostStreamCall(owner().port(), method, system + "/hosts", tenant.token(), key);
    }

    /** Anew, for the service's port changes with a restart. */
    private ApiClient owner() {
        return suite.as(tenant.token());
    }

    private int hostCount() {
        KeyServiceSuite.await("the directory", () -> owner().get(system).status() == 200);
        return owner().get(system).json().at("/hostCount").asInt();
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
