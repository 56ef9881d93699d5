package io.keyledger.e2e;

import io.keyledger.e2e.History.Change;
import io.keyledger.e2e.History.Effect;
import io.keyledger.e2e.History.Push;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds what clients saw against what Keyledger claims. A claim speaks of a push only if the push lies wholly inside the
 * time of which the changes' answers leave no doubt.
 */
final class TimelineChecker {

    /** What is claimed. */
    enum Claim {
        /** What was sent after the answer that a change is enforced everywhere is not accepted against it. */
        ENFORCED,
        /** What was sent later than {@code max-staleness} after a change's answer is not accepted against it, whatever failed. */
        BOUNDED,
        /** What was sent after the answer to the last change that it needs is not refused before its end begins. */
        IN_FORCE
    }

    /** A push that should not have got this answer, and the change which says so; null: all of them together. */
    record Violation(Claim claim, Push push, @Nullable Change against) {}

    /** @param spoken of how many pushes each claim spoke */
    record Result(List<Violation> violations, Map<Claim, Integer> spoken) {}

    private record Step(Change change, Effect effect) {}

    private final Duration maxStaleness;

    TimelineChecker(Duration maxStaleness) {
        this.maxStaleness = maxStaleness;
    }

    Result check(History history) {
        var facts = facts(history.changes());
        var violations = new ArrayList<Violation>();
        var spoken = new EnumMap<Claim, Integer>(Claim.class);
        for (var push : history.pushes()) {
            for (var claim : List.of(Claim.ENFORCED, Claim.BOUNDED)) {
                var end = findEnd(facts, push, claim);
                if (end != null) {
                    spoken.merge(claim, 1, Integer::sum);
                    if (push.isAccepted()) {
                        violations.add(new Violation(claim, push, end));
                    }
                }
            }
            if (push.needs().stream().allMatch(fact -> holds(facts.getOrDefault(fact, List.of()), push))) {
                spoken.merge(Claim.IN_FORCE, 1, Integer::sum);
                if (push.isRefused()) {
                    violations.add(new Violation(Claim.IN_FORCE, push, null));
                }
            }
        }
        return new Result(violations, spoken);
    }

    private @Nullable Change findEnd(Map<String, List<Step>> facts, Push push, Claim claim) {
        for (var fact : push.needs()) {
            var end = findEnd(facts.getOrDefault(fact, List.of()), push, claim);
            if (end != null) {
                return end;
            }
        }
        return null;
    }

    /** The change by which the fact had certainly ended before the push was sent, and did not begin again until its answer. */
    private @Nullable Change findEnd(List<Step> steps, Push push, Claim claim) {
        for (var step : steps.reversed()) {
            if (step.effect().holds()) {
                if (step.change().called() < push.answered()) {
                    return null;
                }
            } else if (settles(step, claim) <= push.sent()) {
                return step.change();
            }
        }
        return null;
    }

    private long settles(Step step, Claim claim) {
        var change = step.change();
        if (claim == Claim.ENFORCED) {
            return change.enforced() ? change.settles(step.effect(), Duration.ZERO) : History.NEVER;
        }
        return change.settles(step.effect(), maxStaleness);
    }

    /** Whether the fact had certainly begun before the push was sent, and did not begin to end until its answer. */
    private static boolean holds(List<Step> steps, Push push) {
        for (var step : steps.reversed()) {
            if (step.effect().holds()) {
                if (step.change().answered() <= push.sent()) {
                    return true;
                }
            } else if (step.change().begins(step.effect()) < push.answered()) {
                return false;
            }
        }
        return false;
    }

    private static Map<String, List<Step>> facts(List<Change> changes) {
        var facts = new HashMap<String, List<Step>>();
        changes.stream().sorted(Comparator.comparingLong(Change::called)).forEach(change -> {
            for (var effect : change.effects()) {
                var steps = facts.computeIfAbsent(effect.fact(), _ -> new ArrayList<>());
                if (!steps.isEmpty() && steps.getLast().change().answered() > change.called()) {
                    throw new IllegalArgumentException("Expected the changes of " + effect.fact()
                            + " one after another, but " + change.what() + " was called before "
                            + steps.getLast().change().what() + " was answered.");
                }
                steps.add(new Step(change, effect));
            }
        });
        return facts;
    }
}
