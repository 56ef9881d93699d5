package io.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.codec.LedgerCodec;
import io.keyledger.e2e.Api.Answer;
import io.keyledger.key.ledger.streams.LedgerCheck;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * key-service is killed under commands, again and again: each command is applied exactly once or not at all, revisions
 * have no gaps, the chain is whole, and the tables are those that the events give.
 */
@ExtendWith(SharedSuite.class)
class KeyServiceKillDrillIT {

    private static final int ORGANIZATIONS = 3;
    private static final int CLIENTS_EACH = 2;

    /** Longer than a service may take to come back. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** A change that was asked for until it was answered, and what the answer was. */
    private record Asked(Tenant tenant, String kind, String idempotencyKey, int status) {}

    /** A change that nobody answered, and that was not asked for again. */
    private record Abandoned(Tenant tenant, String systemName) {}

    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final Queue<Abandoned> abandoned = new ConcurrentLinkedQueue<>();

    @Test
    void eachCommandIsAppliedOnceOrNotAtAll(Suite suite) throws Exception {
        var drill = Drill.fromProperties("key-service");
        var tenants = new ArrayList<Tenant>();
        for (int i = 0; i < ORGANIZATIONS; i++) {
            tenants.add(suite.newTenant("drill key-service " + i));
        }
        var stop = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var clients = new ArrayList<Future<?>>();
            for (var tenant : tenants) {
                for (int client = 0; client < CLIENTS_EACH; client++) {
                    var random = new Random(drill.random().nextLong());
                    clients.add(threads.submit(() -> changeUntil(stop, tenant, random)));
                }
            }
            drill.kill(suite.keyService, Duration.ofMillis(200), Duration.ofMillis(1_700), stop);
            for (var client : clients) {
                client.get();
            }
        }
        var codec = new LedgerCodec(Schemas.of(suite));
        var events = Events.of(suite, codec);
        drill.print("%d changes answered, %d abandoned, %d events on %d partitions"
                .formatted(asked.size(), abandoned.size(), events.all().size(), Suite.PARTITIONS));
        for (var tenant : tenants) {
            assertThat(events.regenerationsOf(tenant))
                    .as("regenerations of the global key, each asked for until answered (%s)", drill)
                    .isEqualTo(asked.stream()
                            .filter(change -> change.tenant().equals(tenant)
                                    && change.kind().equals("regenerate")
                                    && change.status() == 200)
                            .count());
        }
        for (var change : abandoned) {
            assertThat(events.registrationsOf(change.tenant(), change.systemName()))
                    .as("a System registered by a call that nobody answered (%s)", drill)
                    .isBetween(0L, 1L);
        }
        assertThat(asked).as("%s", drill).allMatch(change -> List.of(200, 201).contains(change.status()));
        assertThat(events.scattered())
                .as("commands applied more than once (%s)", drill)
                .isEmpty();
        var check = LedgerCheck.at(suite.broker.bootstrapServers(), codec, Suite.PARTITIONS)
                .run();
        drill.print(check.toString());
        assertThat(check.findings()).as("%s", drill).isEmpty();
        assertThat(check.storesCompared()).as("%s", drill).isPositive();
    }

    /** Regenerates (not idempotent by nature, asked for again with its key) and registers (never asked for again). */
    private void changeUntil(AtomicBoolean stop, Tenant tenant, Random random) {
        while (!stop.get()) {
            if (random.nextBoolean()) {
                var key = UUID.randomUUID().toString();
                asked.add(new Asked(tenant, "regenerate", key, untilAnswered(tenant, key)));
            } else {
                var name = "system " + UUID.randomUUID();
                try {
                    int status = tenant.api()
                            .post("/api/v1/systems", Map.of("name", name))
                            .status();
                    if (status == 201) {
                        asked.add(new Asked(tenant, "register", name, status));
                    } else {
                        abandoned.add(new Abandoned(tenant, name));
                    }
                } catch (UncheckedIOException killed) {
                    abandoned.add(new Abandoned(tenant, name));
                }
            }
        }
    }

    private static int untilAnswered(Tenant tenant, String idempotencyKey) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try {
                Answer answer = tenant.api()
                        .send(
                                "POST",
                                "/api/v1/collector-keys/global/regenerate",
                                null,
                                Map.of("Idempotency-Key", idempotencyKey));
                if (answer.status() < 500 && answer.status() != 409) {
                    return answer.status();
                }
            } catch (UncheckedIOException killed) {
                // Asked again below.
            }
            Await.pause(Duration.ofMillis(100));
        }
        throw new AssertionError("Expected an answer to " + idempotencyKey + " within " + PATIENCE.toSeconds() + " s.");
    }
}
