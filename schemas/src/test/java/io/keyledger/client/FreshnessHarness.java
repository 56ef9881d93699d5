package io.keyledger.client;

import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import io.keyledger.table.Moment;
import io.keyledger.table.Rows;
import java.time.Duration;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Questions and answers that the test holds in its hands. */
abstract class FreshnessHarness {

    static final int PARTITIONS = 4;
    static final Duration LONG = Duration.ofSeconds(15);
    static final Duration MAX_ABSENCE = Duration.ofHours(12);

    final List<Map<TopicPartition, CompletableFuture<Long>>> questions = new ArrayList<>();
    final Map<TopicPartition, Long> positions = new HashMap<>();
    final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    final LoaderCounters counters = new LoaderCounters();
    final AtomicInteger absences = new AtomicInteger();
    final List<TopicPartition> all = new ArrayList<>();
    long nanos = 1_000_000_000;
    long wallMillis = 1_000_000;

    final KafkaFreshness freshness = new KafkaFreshness(
            this::ask,
            partition -> positions.getOrDefault(partition, -1L),
            timer,
            () -> new Moment(nanos, wallMillis),
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

    Map<TopicPartition, CompletionStage<Long>> ask(Collection<TopicPartition> partitions, Duration timeout) {
        var question = new HashMap<TopicPartition, CompletableFuture<Long>>();
        partitions.forEach(partition -> question.put(partition, new CompletableFuture<>()));
        synchronized (questions) {
            questions.add(question);
        }
        return Map.copyOf(question);
    }

    void answer(int question, long end) {
        questions.get(question).values().forEach(future -> future.complete(end));
    }

    void awaitQuestion(int count) throws InterruptedException {
        Eventually.await("question " + count, () -> {
            synchronized (questions) {
                return questions.size() >= count;
            }
        });
        settle();
    }

    /** No question is sent before it is counted down. */
    CountDownLatch holdTimer() {
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
    void settle() {
        CompletableFuture.runAsync(() -> {}, timer).join();
    }

    void pass(Duration duration) {
        nanos += duration.toNanos();
        wallMillis += duration.toMillis();
    }

    CompletableFuture<Boolean> prove(OrganizationId organization, Duration within) {
        return freshness.prove(organization, within).toCompletableFuture();
    }

    static OrganizationId organizationInAnotherPartition() {
        for (int i = 0; ; i++) {
            var organization = new OrganizationId(new UUID(6, i));
            if (Topics.partition(organization, PARTITIONS) != Topics.partition(Rows.ORGANIZATION, PARTITIONS)) {
                return organization;
            }
        }
    }
}
