package io.keyledger.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import io.keyledger.table.Freshness;
import io.keyledger.table.Rows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for an answer, and for which. */
@Timeout(20)
class EndQuestionsTest extends FreshnessHarness {

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
        for (int i = 0; i < EndQuestions.MAX_WAITING; i++) {
            assertThat(prove(Rows.ORGANIZATION, LONG)).isNotDone();
        }
        assertThat(prove(Rows.ORGANIZATION, LONG).get()).isFalse();
        assertThat(counters.turnedAway()).isOne();
        freshness.close();
        settle();
        assertThat(prove(Rows.ORGANIZATION, LONG).get()).isFalse();
        assertThat(counters.turnedAway()).as("those who waited have gone").isOne();
    }
}
