package io.keyledger.audit.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.audit.Eventually;
import io.keyledger.audit.chain.Evidence;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyRef;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Samples;
import io.keyledger.event.SystemId;
import io.keyledger.local.LocalPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The recorder with a real broker and a real PostgreSQL: exactly once, whatever happens. */
class RecordIT extends RecordFixture {
    @Test
    void recordsEveryEventOnceAndNoneThatWasTakenBack() {
        var events = ledger.writeSamples(0, Samples.ORGANIZATION);
        kafka.events(events.subList(0, 5));
        // The same revisions, of a transaction that was not to be.
        kafka.abort(new SampleLedger().writeSamples(0, Samples.ORGANIZATION));
        kafka.events(events.subList(5, events.size()));

        try (var service = service(database.writer())) {
            awaitEvents(events.size());
            assertThat(service.status().migrated()).isTrue();
        }
        try (var _ = service(database.writer())) {
            kafka.events(List.of(
                    ledger.write(1, Samples.ORGANIZATION, Samples.payloads().getFirst())));
            awaitEvents(events.size() + 1L);
        }

        assertThat(recorded(0)).containsExactlyElementsOf(bytes(events));
        assertThat(database.alarms()).isEmpty();
        var verification = database.verify();
        assertThat(verification.holds()).as("%s", verification.findings()).isTrue();
        assertThat(verification.unread()).isZero();
        assertThat(verification.events()).isEqualTo(events.size() + 1L);
    }

    @Test
    void recordsEveryRevokedKeyWithItsHint() {
        kafka.events(List.of(
                ledger.write(0, Samples.ORGANIZATION, keyCreated()),
                ledger.write(0, Samples.ORGANIZATION, regenerated())));

        try (var _ = service(database.writer())) {
            awaitEvents(2);
        }

        var hint = database.asWriter()
                .sql("SELECT hint FROM revoked_token WHERE cause = 'SUPERSEDED'")
                .query(String.class)
                .single();
        assertThat(hint).isEqualTo("old…hint");
    }

    @Test
    void resumesWhereverItWasKilled() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var events = write(300);
        var planted = new AtomicInteger();
        int written = 0;
        for (int life = 0; life < 20; life++) {
            var unreliable = new UnreliableDataSource(database.writer(), random.nextLong(), planted);
            try (var _ = service(unreliable, () -> SampleLedger.LEDGER_ID)) {
                int to = Math.min(events.size(), written + 16);
                for (; written < to; written += 4) {
                    kafka.events(events.subList(written, written + 4));
                }
                Eventually.pause(Duration.ofMillis(random.nextInt(300)));
            }
        }
        try (var _ = service(database.writer())) {
            awaitEvents(events.size());
        }

        assertThat(planted).as("seed %s", seed).hasPositiveValue();
        assertThat(written).isEqualTo(events.size());
        assertThat(database.alarms()).as("seed %s", seed).isEmpty();
        var verification = database.verify();
        assertThat(verification.holds())
                .as("seed %s: %s", seed, verification.findings())
                .isTrue();
        assertThat(database.count("event")).as("seed %s", seed).isEqualTo(events.size());
    }

    @Test
    void goesOnWhenPostgresIsBack() {
        var events = ledger.writeSamples(0, Samples.ORGANIZATION);
        try (var service = service(database.writer())) {
            kafka.events(events.subList(0, 3));
            awaitEvents(3);
            postgres.close();
            kafka.events(events.subList(3, events.size()));
            Eventually.await(
                    "the recorder says that it cannot record",
                    () -> service.status().problem().isPresent());
            postgres = LocalPostgres.start(postgres.settings());
            awaitEvents(events.size());
            Eventually.await(
                    "no problem is left", () -> service.status().problem().isEmpty());
        }

        assertThat(recorded(0)).containsExactlyElementsOf(bytes(events));
        assertThat(database.verify().holds()).isTrue();
    }

    @Test
    void twoInstancesComeToOneRecord() {
        var events = write(600);
        try (var _ = service(database.writer());
                var _ = service(database.writer())) {
            for (int from = 0; from < events.size(); from += 6) {
                kafka.events(events.subList(from, from + 6));
            }
            awaitEvents(events.size());
            try (var _ = service(database.writer())) {
                kafka.events(List.of(ledger.write(0, Samples.ORGANIZATION, keyCreated())));
                awaitEvents(events.size() + 1L);
            }
        }

        assertThat(database.alarms()).isEmpty();
        assertThat(database.count("event")).isEqualTo(events.size() + 1L);
        var verification = database.verify();
        assertThat(verification.holds()).as("%s", verification.findings()).isTrue();
    }

    @Test
    void recordsManyEventsInFewTransactions() {
        var events = write(20_000);
        for (int from = 0; from < events.size(); from += 100) {
            kafka.events(events.subList(from, from + 100));
        }
        long start = System.nanoTime();
        try (var _ = service(database.writer())) {
            awaitEvents(events.size());
        }
        double seconds = (System.nanoTime() - start) / 1e9;

        var transactions = database.asOwner()
                .sql("SELECT count(DISTINCT xmin::text) FROM event")
                .query(Long.class)
                .single();
        System.out.printf(
                "RecordIT: %d events in %d transactions, %.0f events/s%n",
                events.size(), transactions, events.size() / seconds);
        assertThat(transactions).isLessThan(events.size() / 100);
    }

    private List<Evidence> write(int count) {
        var events = new ArrayList<Evidence>();
        for (int i = 0; i < count; i++) {
            var name = new KeyEvent.SystemRegistered(new SystemId(new UUID(0, i)), "system " + i);
            var organization = new OrganizationId(new UUID(7, i % 3));
            events.add(ledger.write(i % 3 % PARTITIONS, organization, name));
        }
        return events;
    }

    private static KeyEvent keyCreated() {
        var key = Samples.GLOBAL_KEY;
        var first = new KeyRef(key.keyId(), key.kind(), Samples.OLD_HASH, "old…hint", 1, key.systemId(), key.ownerId());
        return new KeyEvent.KeyCreated(first, null, Set.of(), null);
    }

    private static KeyEvent regenerated() {
        return new KeyEvent.KeyRegenerated(Samples.GLOBAL_KEY, Samples.OLD_HASH, null);
    }
}
