package io.keyledger.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.Topics;
import java.util.Map;
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
        assertThat(revisions.whenApplied(PARTITION, 4)).isCompleted();
        assertThat(revisions.all()).isEqualTo(Map.of(PARTITION, 5L));
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
    void aRecordThatComesAgainTurnsNothingBack() {
        revisions.begin(PARTITION, 9);
        revisions.settle(PARTITION, true);
        revisions.begin(PARTITION, 5);
        revisions.settle(PARTITION, true);
        assertThat(revisions.applied(PARTITION)).isEqualTo(9);
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
