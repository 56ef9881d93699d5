package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.CommandId;
import io.keyledger.event.EventId;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.Answer;
import io.keyledger.key.ledger.CommandReply;
import io.keyledger.key.ledger.Fixtures;
import io.keyledger.key.ledger.Rejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an answer waits for; the test holds in its hands what has been read. */
@Timeout(20)
class VisibilityTest {

    private static final CommandReply REFUSED = new CommandReply.Refused(
            new CommandId(new UUID(0, 1)),
            Fixtures.ORGANIZATION,
            new Rejection(Rejection.Fact.OVERRIDE_ALREADY_ACTIVE, "There is one."));

    private final ReadRows rows = new ReadRows();
    private final Visibility visibility = new Visibility(rows);

    @Test
    void aChangeIsVisibleWhenEachOfItsRowsIs() {
        var visible = whenVisible(applied(Map.of(Topics.KEY_STATE, 7L, Topics.HOST_TO_SYSTEM, 8L)));
        rows.read(Topics.KEY_STATE, 7);
        assertThat(visible).isNotDone();
        rows.read(Topics.HOST_TO_SYSTEM, 8);
        assertThat(visible).isCompleted();
        assertThat(rows.questions).isEmpty();
    }

    @Test
    void aRefusalWaitsForTheRowsThatItRestsOn() {
        var visible = whenVisible(REFUSED);
        assertThat(visible).isNotDone();
        rows.questions.getFirst().complete(true);
        assertThat(visible).isCompleted();
    }

    @Test
    void soDoesAnAnswerThatChangesNothingOrTouchesWhatNobodyReads() {
        var unchanged = applied(List.of(), Map.of(Topics.KEY_STATE, 8L));
        for (var reply : List.of(unchanged, applied(Map.of(Topics.SEALED_SECRETS, 7L)))) {
            rows.questions.clear();
            var visible = whenVisible(reply);
            assertThat(visible).isNotDone();
            rows.questions.getFirst().complete(true);
            assertThat(visible).isCompleted();
        }
    }

    @Test
    void aRowThatNeverComesIsStoodForByAllThatWasWritten() throws Exception {
        var visible = whenVisible(applied(Map.of(Topics.HOST_TO_SYSTEM, 8L)));
        awaitQuestion(1);
        assertThat(visible).isNotDone();
        assertThat(rows.waits.get(Topics.HOST_TO_SYSTEM + 8L))
                .as("nobody waits for it any more")
                .isCancelled();
        rows.questions.getFirst().complete(true);
        visible.get(10, TimeUnit.SECONDS);
    }

    @Test
    void itIsAskedAgainForAsLongAsSomebodyWaits() throws Exception {
        var visible = whenVisible(REFUSED);
        rows.questions.getFirst().complete(false);
        awaitQuestion(2);
        assertThat(visible).isNotDone();
        rows.questions.get(1).complete(true);
        visible.get(10, TimeUnit.SECONDS);

        rows.questions.clear();
        var unwanted = visibility.whenVisible(REFUSED, () -> false).toCompletableFuture();
        rows.questions.getFirst().complete(false);
        assertThat(unwanted).isNotDone();
        assertThat(rows.questions).hasSize(1);
    }

    private CompletableFuture<Void> whenVisible(CommandReply reply) {
        return visibility.whenVisible(reply, () -> true).toCompletableFuture();
    }

    private void awaitQuestion(int count) throws InterruptedException {
        TestNode.await(() -> rows.questions.size() >= count);
    }

    private static CommandReply applied(Map<String, Long> touched) {
        var event = new CommandReply.EventSummary(new EventId(new UUID(0, 2)), "SettingsChanged", 1, 8);
        return applied(List.of(event), touched);
    }

    private static CommandReply applied(List<CommandReply.EventSummary> events, Map<String, Long> touched) {
        return new CommandReply.Applied(
                new CommandId(new UUID(0, 1)),
                Fixtures.ORGANIZATION,
                0,
                8,
                Fixtures.T0,
                events,
                touched,
                new Answer.Nothing(),
                false);
    }

    private static final class ReadRows implements AppliedRows {
        private final Map<String, CompletableFuture<Void>> waits = new HashMap<>();
        private final List<CompletableFuture<Boolean>> questions =
                java.util.Collections.synchronizedList(new ArrayList<>());

        @Override
        public CompletableFuture<Void> whenApplied(String topic, int partition, long revision) {
            return waits.computeIfAbsent(topic + revision, _ -> new CompletableFuture<>());
        }

        @Override
        public CompletionStage<Boolean> whenAllRead(OrganizationId organization, Duration within) {
            var question = new CompletableFuture<Boolean>();
            questions.add(question);
            return question;
        }

        @Override
        public boolean follows(String topic) {
            return !topic.equals(Topics.SEALED_SECRETS);
        }

        void read(String topic, long revision) {
            whenApplied(topic, 0, revision).complete(null);
        }
    }
}
