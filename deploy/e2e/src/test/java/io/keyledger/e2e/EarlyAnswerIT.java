package io.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.e2e.BrokenBuild.Break;
import io.keyledger.e2e.TimelineChecker.Claim;
import io.keyledger.e2e.TimelineChecker.Violation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A key-service that is broken on purpose, and answers before its rows are written, is found by the timeline's checker. */
@ExtendWith(SharedSuite.class)
class EarlyAnswerIT {

    private static final Duration UNDISTURBED = Duration.ofSeconds(20);

    /** It waits for no row, believes replies that are not committed, and commits once a second. */
    private static final List<Break> BREAKS = List.of(
            of(
                    "Visibility",
                    "if (touched.isEmpty()) {",
                    "if (wanted != null) { return CompletableFuture.completedStage(null); } if (touched.isEmpty()) {"),
            of("CommandFollower", "\"read_committed\"", "\"read_uncommitted\""),
            of(
                    "LedgerProcessor",
                    "here.recordMetadata().ifPresent(command -> PolledCommands.ofThisThread().ruledOn(command, here));",
                    ""));

    @Test
    void isFoundOutByWhatIsRefusedAfterIt(Suite suite) throws Exception {
        var drill = Drill.ofTimeline();
        // By a sound one: who prepares asks at once for what was just made.
        var timeline = new Timeline(suite, drill);
        restart(suite, BrokenBuild.compile(suite.directory(), BREAKS));
        try {
            var result = TimelineIT.check(drill, timeline.run(0, UNDISTURBED, _ -> Await.pause(UNDISTURBED)));
            assertThat(result.violations())
                    .as("found (%s)", drill)
                    .extracting(Violation::claim)
                    .containsOnly(Claim.IN_FORCE);
        } finally {
            restart(suite, null);
        }
    }

    private static void restart(Suite suite, @Nullable Path classes) {
        suite.keyService.stop();
        suite.keyService.takeBefore(classes);
        suite.keyService.spawn().awaitReady();
    }

    private static Break of(String type, String sound, String broken) {
        return new Break("key-service", "io.keyledger.key.ledger.streams." + type, sound, broken);
    }
}
