package io.keyledger.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.codec.Fingerprint;
import io.keyledger.event.Actor;
import io.keyledger.event.CommandId;
import io.keyledger.event.EventId;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.Topics;
import io.keyledger.table.Rows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Following events from a real broker. */
@Timeout(60)
class KeyEventsConsumerIT {

    private final List<FollowedEvent> taken = Collections.synchronizedList(new ArrayList<>());
    private final Map<Integer, Long> stored = new ConcurrentHashMap<>();
    private TestLedger ledger;

    @BeforeEach
    void startBroker(@TempDir Path dataDir) {
        ledger = new TestLedger(dataDir);
    }

    @AfterEach
    void stopBroker() {
        ledger.close();
    }

    @Test
    void waitsForTheTopicAndTakesCommittedEventsOnceInOrder() throws Exception {
        try (var consumer = follow(this::take)) {
            Eventually.await("a sentence", () -> consumer.problem().orElse("").contains("does not exist yet"));
            createTopic();
            ledger.commitEvents(1, event(1), event(2));
            ledger.abortEvents(1, event(3));
            ledger.commitEvents(1, event(3));
            ledger.commitEvents(2, event(1));
            Eventually.await("four events", () -> taken.size() >= 4);
            assertThat(consumer.problem()).isEmpty();
        }
        assertThat(revisions(1)).containsExactly(1L, 2L, 3L);
        assertThat(revisions(2)).containsExactly(1L);
        var first = taken.getFirst();
        assertThat(first.event()).isNotNull();
        assertThat(first.key()).isEqualTo(TestLedger.bytes(Rows.ORGANIZATION.toString()));
        assertThat(first.fingerprint()).hasSize(Fingerprint.BYTES);
        assertThat(first.leaf()).isNull();

        taken.clear();
        ledger.commitEvents(1, event(4));
        try (var consumer = follow(this::take)) {
            consumer.whenCaughtUp().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
        assertThat(revisions(1)).as("from the stored offset on").containsExactly(4L);
        assertThat(taken).hasSize(1);
    }

    @Test
    void startsAfterARevision() throws Exception {
        createTopic();
        ledger.commitEvents(1, event(1), event(2));
        ledger.abortEvents(1, event(3), event(4), event(5));
        ledger.commitEvents(1, event(3), event(4));
        for (long revision = 0; revision <= 4; revision++) {
            taken.clear();
            long after = revision;
            try (var consumer = KeyEventsConsumer.start(
                    ledger.connection(),
                    CodecReaders.events(ledger.codec),
                    partition -> new StartPosition.AfterRevision(partition == 1 ? after : 0),
                    this::take)) {
                consumer.whenCaughtUp().toCompletableFuture().get(20, TimeUnit.SECONDS);
            }
            assertThat(revisions(1)).isEqualTo(List.of(1L, 2L, 3L, 4L).subList((int) revision, 4));
        }
    }

    @Test
    void aBatchComesAgainUntilItIsTaken() throws Exception {
        createTopic();
        ledger.commitEvents(1, event(1), event(2));
        var failures = new AtomicInteger();
        try (var consumer = follow(batch -> {
            switch (failures.incrementAndGet()) {
                case 1 -> throw new IOException("the database is away");
                case 2 -> throw new IllegalStateException("a bug");
                case 3 -> throw new StackOverflowError("a deep one");
                default -> take(batch);
            }
        })) {
            Eventually.await("two events", () -> taken.size() >= 2);
            Eventually.await("no problem", () -> consumer.problem().isEmpty());
        }
        assertThat(revisions(1)).containsExactly(1L, 2L);
    }

    @Test
    void afterAFailureItStartsFromWhatIsStored() throws Exception {
        createTopic();
        ledger.commitEvents(1, event(1), event(2));
        var failed = new AtomicBoolean();
        try (var consumer = follow(batch -> {
            if (taken.size() == 2 && failed.compareAndSet(false, true)) {
                stored.put(1, 1L);
                throw new IOException("the database was restored from a backup");
            }
            take(batch);
        })) {
            Eventually.await("two events", () -> taken.size() == 2);
            ledger.commitEvents(1, event(3));
            Eventually.await("the lost one and the new one", () -> taken.size() >= 4);
            Eventually.await("no problem", () -> consumer.problem().isEmpty());
        }
        assertThat(revisions(1)).containsExactly(1L, 2L, 2L, 3L);
    }

    @Test
    void whatCannotBeDecodedIsHandedOverRaw() throws Exception {
        createTopic();
        ledger.commitEvents(1, event(1));
        ledger.sendRaw(Topics.KEY_EVENTS, 1, TestLedger.bytes("key"), TestLedger.bytes("junk"));
        ledger.sendRaw(Topics.KEY_EVENTS, 1, TestLedger.bytes("key"), null);
        ledger.commitEvents(1, event(2));
        try (var consumer = follow(this::take)) {
            consumer.whenCaughtUp().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
        assertThat(taken).hasSize(4);
        assertThat(taken.get(1).event()).isNull();
        assertThat(taken.get(1).value()).isEqualTo(TestLedger.bytes("junk"));
        assertThat(taken.get(1).revision()).isEmpty();
        assertThat(taken.get(2).value()).isNull();
        assertThat(taken.get(3).revision()).hasValue(2);
    }

    @Test
    void goesOnWhenTheBrokerIsBack() throws Exception {
        createTopic();
        ledger.commitEvents(1, event(1));
        try (var consumer = follow(this::take)) {
            Eventually.await("the first", () -> taken.size() == 1);
            ledger.stopBroker();
            ledger.startBroker();
            ledger.commitEvents(1, event(2));
            Eventually.await("the second", () -> taken.size() == 2);
            assertThat(consumer.problem()).isEmpty();
        }
        assertThat(revisions(1)).containsExactly(1L, 2L);
    }

    @Test
    void aLogThatIsShorterThanItWasStopsItLoudly() throws Exception {
        createTopic();
        ledger.commitEvents(1, event(1));
        stored.put(1, 100L);
        try (var consumer = follow(this::take)) {
            Eventually.await("a sentence", () -> consumer.problem().orElse("").contains("cut or made anew"));
            Thread.sleep(300);
            assertThat(consumer.problem().orElseThrow()).contains("cut or made anew");
        }
        assertThat(taken).isEmpty();
    }

    private KeyEventsConsumer follow(EventHandler handler) {
        return KeyEventsConsumer.start(
                ledger.connection(),
                CodecReaders.events(ledger.codec),
                partition -> stored.containsKey(partition)
                        ? new StartPosition.Offset(stored.getOrDefault(partition, 0L))
                        : new StartPosition.Beginning(),
                handler);
    }

    private void take(EventBatch batch) {
        taken.addAll(batch.events());
        stored.putAll(batch.nextOffsets());
    }

    private void createTopic() throws Exception {
        ledger.createTopics(List.of(Topics.KEY_EVENTS), TestLedger.PARTITIONS, Map.of());
    }

    private List<Long> revisions(int partition) {
        return taken.stream()
                .filter(event -> event.partition() == partition)
                .map(event -> event.revision().orElseThrow())
                .toList();
    }

    private static LedgerEvent event(long revision) {
        return new LedgerEvent(
                new EventId(new UUID(1, revision)),
                Rows.ORGANIZATION,
                revision,
                revision,
                Rows.MADE,
                new CommandId(new UUID(2, revision)),
                Actor.LEDGER,
                new KeyEvent.OrganizationSettingsChanged(OrganizationSettings.DEFAULT));
    }
}
