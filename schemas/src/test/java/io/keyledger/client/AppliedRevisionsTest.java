package io.keyledger.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.Topics;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** When a revision counts as applied. */
class AppliedRevisionsTest {

    private static final TopicPartition PARTITION = new TopicPartition(Topics.HOST_TO_SYSTEM, 3);

    private final AppliedRevisions revisions = new AppliedRevisions();

    @Test
    void aRevisionCountsWhenThePartitionWasReadToItsEnd() {
        var five = revisions.whenApplied(PARTITION, 5);
        var six = revisions.whenApplied(PARTITION, 6);
        revisions.begin(PARTITION, 5);
        revisions.settle(PARTITION, false);
        assertThat(five).as("more rows of it may follow").isNotDone();
        revisions.settle(PARTITION, true);
        assertThat(five).isCompleted();
        assertThat(six).isNotDone();
        assertThat(revisions.applied(PARTITION)).isEqualTo(5);
        assertThat(revisions.whenApplied(PARTITION, 5)).isCompleted();
        assertThat(revisions.applied(PARTITION)).isEqualTo(5);
    }

    @Test
    void aRevisionCountsWhenALaterOneCame() {
        var five = revisions.whenApplied(PARTITION, 5);
        revisions.begin(PARTITION, 5);
        revisions.begin(PARTITION, 5);
        revisions.begin(PARTITION, 9);
        revisions.settle(PARTITION, false);
        assertThat(five).isCompleted();
        assertThat(revisions.applied(PARTITION)).isEqualTo(5);
    }

    @Test
    void aRowThatClaimsARevisionOfTheFutureOpensNothing() {
        var ten = revisions.whenApplied(PARTITION, 10);
        revisions.begin(PARTITION, 9);
        revisions.begin(PARTITION, Long.MAX_VALUE);
        revisions.settle(PARTITION, true);
        assertThat(ten).isNotDone();
        assertThat(revisions.whenApplied(PARTITION, 10)).as("asked afterwards").isNotDone();

        revisions.begin(PARTITION, 10);
        revisions.settle(PARTITION, false);
        assertThat(ten).isNotDone();
        assertThat(revisions.applied(PARTITION)).as("the next row belies it").isEqualTo(9);
        revisions.settle(PARTITION, true);
        assertThat(ten).isCompleted();
        assertThat(revisions.applied(PARTITION)).isEqualTo(10);
    }

    @Test
    void whatWasAppliedAMomentAgoIsRemembered() {
        for (long revision = 1; revision <= 3_000; revision++) {
            revisions.begin(PARTITION, revision);
        }
        revisions.settle(PARTITION, true);
        assertThat(revisions.whenApplied(PARTITION, 3_000)).isCompleted();
        assertThat(revisions.whenApplied(PARTITION, 3_001 - RecentRevisions.KEPT))
                .isCompleted();
        assertThat(revisions.whenApplied(PARTITION, 3_000 - RecentRevisions.KEPT))
                .isNotDone();
    }

    @Test
    void aCallerThatGaveUpIsForgotten() {
        var cancelled = revisions.whenApplied(PARTITION, 5);
        cancelled.cancel(false);
        var other = revisions.whenApplied(PARTITION, 5);
        revisions.begin(PARTITION, 5);
        revisions.settle(PARTITION, true);
        assertThat(other).isCompleted();
    }

    @Test
    void whoWaitsGoesOnWaitingWhenThePartitionIsLoadedAnewAndEndsWithTheLoader() {
        revisions.begin(PARTITION, 9);
        revisions.settle(PARTITION, true);
        revisions.forget(PARTITION);
        assertThat(revisions.applied(PARTITION)).isZero();
        var waiter = revisions.whenApplied(PARTITION, 9);
        revisions.settle(PARTITION, true);
        assertThat(waiter).isNotDone();
        revisions.close();
        assertThat(waiter).isCompletedExceptionally();
    }
}
