package io.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.e2e.BrokenBuild.Break;
import io.keyledger.e2e.Faults.Kind;
import io.keyledger.e2e.TimelineChecker.Claim;
import io.keyledger.e2e.TimelineChecker.Result;
import io.keyledger.e2e.TimelineChecker.Violation;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random changes by several clients, pushes all the time, and one fault after another: what clients saw is held against
 * what Keyledger claims. A Collector that is broken on purpose shows that the checker would see it.
 */
class TimelineIT {

    private static final Duration MAX_STALENESS = Duration.ofSeconds(5);
    private static final Duration PAST_IT = MAX_STALENESS.plusSeconds(3);
    private static final Duration WELL_PAST_IT = MAX_STALENESS.plusSeconds(6);

    /** Past the time in which a silent Collector still counts, so that receipts go on without it. */
    private static final Duration PAST_ITS_COUNTING = MAX_STALENESS.plusSeconds(15);

    /** From so many changes on there is time for long faults, and for each break by itself. */
    private static final int MANY = 2_000;

    private static final int BROKEN = 1;

    /** What violates each claim: it confirms what it has not applied, is never too old, and refuses without a proof. */
    private static final Map<Claim, Break> BREAKS = Map.of(
            Claim.ENFORCED,
            new Break(
                    "schemas",
                    "io.keyledger.client.AppliedRevisions",
                    "return progress.applied;",
                    "return Long.MAX_VALUE;"),
            Claim.BOUNDED,
            new Break(
                    "schemas",
                    "io.keyledger.table.StalenessRule",
                    "if (older.compareTo(maxStaleness) <= 0) {",
                    "if (older != null) {"),
            Claim.IN_FORCE,
            new Break(
                    "ingest-service",
                    "io.keyledger.ingest.gate.KeyGate",
                    "refused.key(), refused.reversible());",
                    "refused.key(), false);"));

    @Test
    void noClaimIsViolatedAndABrokenCollectorIsFound() throws Exception {
        var drill = Drill.ofTimeline();
        try (var suite = Suite.startWithLinks("timeline", MAX_STALENESS)) {
            KafkaLog.compactAlways(suite.broker.bootstrapServers());
            noClaimIsViolatedWhateverFails(suite, drill);
            if (drill.count() < MANY) {
                aBrokenCollectorIsFoundAndNoOther(suite, drill, BREAKS);
            } else {
                for (var broken : BREAKS.entrySet()) {
                    aBrokenCollectorIsFoundAndNoOther(suite, drill, Map.ofEntries(broken));
                }
            }
        }
    }

    private static void noClaimIsViolatedWhateverFails(Suite suite, Drill drill) throws Exception {
        var isLong = drill.count() >= MANY;
        var longest = isLong ? PAST_ITS_COUNTING : PAST_IT;
        var kinds = isLong ? EnumSet.allOf(Kind.class) : EnumSet.complementOf(EnumSet.of(Kind.RETURN));
        var result =
                check(drill, new Timeline(suite, drill).run(drill.count(), longest, faults -> faults.round(kinds)));
        assertThat(result.violations()).as("violations (%s)", drill).isEmpty();
        assertThat(result.spoken()).containsOnlyKeys(Claim.values());
    }

    private static void aBrokenCollectorIsFoundAndNoOther(Suite suite, Drill drill, Map<Claim, Break> breaks)
            throws Exception {
        var collector = suite.collectors.get(BROKEN);
        collector.stop();
        collector.takeBefore(BrokenBuild.compile(suite.directory(), breaks.values()));
        collector.spawn().awaitReady();
        var history = new Timeline(suite, drill)
                .run(0, WELL_PAST_IT, faults -> faults.happen(Kind.CUT_TABLES, BROKEN, WELL_PAST_IT));
        var result = check(drill, history);
        assertThat(result.violations())
                .as("found (%s)", drill)
                .allMatch(violation -> violation.push().collector() == BROKEN);
        assertThat(result.violations().stream().map(Violation::claim).collect(Collectors.toSet()))
                .as("found (%s)", drill)
                .isEqualTo(breaks.keySet());
    }

    /** Holds a timeline against the claims, and prints what came of it. */
    static Result check(Drill drill, History history) {
        var result = new TimelineChecker(MAX_STALENESS).check(history);
        drill.print("%d changes, %d pushes, answered %s; claims spoke of %s of them; %d violations"
                .formatted(
                        history.changes().size(),
                        history.pushes().size(),
                        Timeline.statuses(history),
                        result.spoken(),
                        result.violations().size()));
        for (var claim : Claim.values()) {
            result.violations().stream()
                    .filter(violation -> violation.claim() == claim)
                    .findFirst()
                    .ifPresent(first -> drill.print(Timeline.tell(history, first)));
        }
        return result;
    }
}
