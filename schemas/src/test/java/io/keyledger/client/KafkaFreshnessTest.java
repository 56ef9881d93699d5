package io.keyledger.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import io.keyledger.table.Freshness;
import io.keyledger.table.Rows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Proofs, with questions and answers that the test holds in its hands. */
@Timeout(20)
class KafkaFreshnessTest {

    private static final int PARTITIONS = 4;
    private static final Duration LONG = Duration.ofSeconds(15);
    private static final Duration MAX_ABSENCE = Duration.ofHours(12);

    private final List<Map<TopicPartition, CompletableFuture<Long>>> questions = new ArrayList<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final LoaderCounters counters = new LoaderCounters();
    private final AtomicInteger absences = new AtomicInteger();
    private final List<TopicPartition> all = new ArrayList<>();
    private long nanos = 1_000_000_000;
    private long wallMillis = 1_000_000;

    private final KafkaFreshness freshness = new KafkaFreshness(
            this::ask,
            partition -> positions.getOrDefault(partition, -1L),
            timer,
            () -> nanos,
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return Instant.ofEpochMilli(wallMillis);
                }
            },
            counters,
            absences::incrementAndGet);

    @BeforeEach
    void follow() {
        for (var topic : List.of(Topics.KEY_STATE, Topics.USER_STATE)) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                all.add(new TopicPartition(topic, partition));
            }
        }
        all.forEach(partition -> positions.put(partition, 10L));
        freshness.follow(PARTITIONS, all, MAX_ABSENCE);
    }

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    @Test
    void theAgeOfAProofCountsFromTheSendingOfTheQuestion() {
        assertThat(freshness.staleness()).isEqualTo(Freshness.NEVER);
        freshness.tick();
        pass(Duration.ofMillis(300));
        assertThat(freshness.staleness()).isEqualTo(Freshness.NEVER);
        answer(0, 10);
        assertThat(freshness.staleness()).isEqualTo(Duration.ofMillis(300));
        pass(Duration.ofMillis(200));
        assertThat(freshness.staleness()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void whatIsNotAppliedYetIsProvedWhenItIs() {
        freshness.tick();
        answer(0, 11);
        freshness.onApplied();
        assertThat(freshness.staleness()).isEqualTo(Freshness.NEVER);
        all.forEach(partition -> positions.put(partition, 11L));
        assertThat(freshness.staleness()).isEqualTo(Freshness.NEVER);
        freshness.onApplied();
        assertThat(freshness.staleness()).isEqualTo(Duration.ZERO);
        assertThat(counters.proofs()).isOne();
    }

    @Test
    void anOlderQuestionAnsweredLaterMakesNoProofOlder() {
        freshness.tick();
        pass(Duration.ofMillis(500));
        freshness.tick();
        answer(1, 10);
        answer(0, 10);
        assertThat(freshness.staleness()).isEqualTo(Duration.ZERO);
    }

    @Test
    void aQuestionThatWasSentBeforeIsNoAnswer() throws Exception {
        freshness.tick();
        var waiter = prove(Rows.ORGANIZATION, LONG);
        answer(0, 10);
        settle();
        assertThat(waiter).isNotDone();
        pass(KafkaFreshness.GAP);
        awaitQuestion(2);
        answer(1, 10);
        assertThat(waiter.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void manyWaitersShareOneQuestion() throws Exception {
        var waiters = new ArrayList<CompletableFuture<Boolean>>();
        var hold = holdTimer();
        for (int i = 0; i < 100; i++) {
            waiters.add(prove(new OrganizationId(new UUID(1, i)), LONG));
            waiters.add(freshness.proveAllKeys(LONG).toCompletableFuture());
        }
        hold.countDown();
        awaitQuestion(1);
        answer(0, 10);
        for (var waiter : waiters) {
            assertThat(waiter.get(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(questions).hasSize(1);
    }

    @Test
    void onlyThePartitionsOfTheOrganizationCount() throws Exception {
        var hold = holdTimer();
        var waiter = prove(Rows.ORGANIZATION, LONG);
        var keys = freshness.proveAllKeys(LONG).toCompletableFuture();
        hold.countDown();
        awaitQuestion(1);
        int own = Topics.partition(Rows.ORGANIZATION, PARTITIONS);
        questions.getFirst().forEach((partition, end) -> {
            boolean isOwn = partition.partition() == own;
            if (isOwn || partition.topic().equals(Topics.USER_STATE)) {
                end.complete(isOwn ? 10L : 11L);
            }
        });
        assertThat(waiter.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(keys).isNotDone();
        answer(0, 10);
        assertThat(keys.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(freshness.staleness()).as("other tables are behind").isEqualTo(Freshness.NEVER);
    }

    @Test
    void aPartitionWithoutALeaderConcernsItsOwnOrganizationsAlone() throws Exception {
        var other = organizationInAnotherPartition();
        var hold = holdTimer();
        var waiter = prove(Rows.ORGANIZATION, LONG);
        var unlucky = prove(other, LONG);
        hold.countDown();
        awaitQuestion(1);
        int broken = Topics.partition(other, PARTITIONS);
        questions.getFirst().forEach((partition, end) -> {
            if (partition.partition() == broken) {
                end.completeExceptionally(new IllegalStateException("no leader"));
            } else {
                end.complete(10L);
            }
        });
        assertThat(waiter.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(unlucky.get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(freshness.staleness()).isEqualTo(Freshness.NEVER);
    }

    @Test
    void withoutAnAnswerItIsFalseInTime() throws Exception {
        assertThat(prove(Rows.ORGANIZATION, Duration.ofMillis(20)).get(10, TimeUnit.SECONDS))
                .isFalse();
    }

    @Test
    void whileKafkaIsAwayNoMoreQuestionsAreSentAndNobodyIsHeldOnTo() throws Exception {
        for (int i = 0; i < 10; i++) {
            freshness.tick();
        }
        assertThat(questions).hasSize(4);
        var waiter = prove(Rows.ORGANIZATION, LONG);
        pass(Duration.ofMillis(1_100));
        freshness.tick();
        assertThat(waiter.get(10, TimeUnit.SECONDS)).isFalse();

        pass(Duration.ofSeconds(20));
        freshness.tick();
        assertThat(questions).as("the lost questions are given up").hasSize(5);
    }

    @Test
    void atMostSoManyWait() throws Exception {
        for (int i = 0; i < 4; i++) {
            freshness.tick();
        }
        for (int i = 0; i < KafkaFreshness.MAX_WAITING; i++) {
            assertThat(prove(Rows.ORGANIZATION, LONG)).isNotDone();
        }
        assertThat(prove(Rows.ORGANIZATION, LONG).get()).isFalse();
        assertThat(counters.turnedAway()).isOne();
        freshness.close();
        settle();
        assertThat(prove(Rows.ORGANIZATION, LONG).get()).isFalse();
        assertThat(counters.turnedAway()).as("those who waited have gone").isOne();
    }

    @Test
    void aLongAbsenceIsNoProofButANewBeginning() {
        freshness.tick();
        answer(0, 10);
        pass(MAX_ABSENCE.plusSeconds(1));
        freshness.tick();
        answer(1, 10);
        assertThat(absences).hasValue(1);
        assertThat(freshness.staleness()).isEqualTo(Freshness.NEVER);
        freshness.tick();
        answer(2, 10);
        assertThat(freshness.staleness()).isEqualTo(Duration.ZERO);
        assertThat(absences).hasValue(1);
    }

    @Test
    void aMachineThatSleptWasAbsentToo() {
        freshness.tick();
        answer(0, 10);
        wallMillis += MAX_ABSENCE.plusSeconds(1).toMillis();
        freshness.tick();
        answer(1, 10);
        assertThat(absences).hasValue(1);
    }

    @Test
    void nothingIsProvedWhileATableIsLoadedAnew() throws Exception {
        freshness.tick();
        answer(0, 10);
        positions.put(all.getFirst(), -1L);
        freshness.reset();
        assertThat(freshness.staleness()).isEqualTo(Freshness.NEVER);
        freshness.tick();
        answer(1, 0);
        assertThat(freshness.staleness()).isEqualTo(Freshness.NEVER);
        positions.put(all.getFirst(), 0L);
        freshness.onApplied();
        assertThat(freshness.staleness()).isEqualTo(Duration.ZERO);
    }

    private Map<TopicPartition, CompletionStage<Long>> ask(Collection<TopicPartition> partitions, Duration timeout) {
        var question = new HashMap<TopicPartition, CompletableFuture<Long>>();
        partitions.forEach(partition -> question.put(partition, new CompletableFuture<>()));
        synchronized (questions) {
            questions.add(question);
        }
        return Map.copyOf(question);
    }

    private void answer(int question, long end) {
        questions.get(question).values().forEach(future -> future.complete(end));
    }

    private void awaitQuestion(int count) throws InterruptedException {
        Eventually.await("question " + count, () -> {
            synchronized (questions) {
                return questions.size() >= count;
            }
        });
        settle();
    }

    /** No question is sent before it is counted down. */
    private CountDownLatch holdTimer() {
        var hold = new CountDownLatch(1);
        timer.execute(() -> {
            try {
                hold.await();
            } catch (InterruptedException _) {
                // The test is over.
            }
        });
        return hold;
    }

    /** Everything that the timer was given by now is done. */
    private void settle() {
        CompletableFuture.runAsync(() -> {}, timer).join();
    }

    private void pass(Duration duration) {
        nanos += duration.toNanos();
        wallMillis += duration.toMillis();
    }

    private CompletableFuture<Boolean> prove(OrganizationId organization, Duration within) {
        return freshness.prove(organization, within).toCompletableFuture();
    }

    private static OrganizationId organizationInAnotherPartition() {
        for (int i = 0; ; i++) {
            var organization = new OrganizationId(new UUID(6, i));
            if (Topics.partition(organization, PARTITIONS) != Topics.partition(Rows.ORGANIZATION, PARTITIONS)) {
                return organization;
            }
        }
    }
}
