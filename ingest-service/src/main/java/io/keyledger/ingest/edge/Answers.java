package io.keyledger.ingest.edge;

import io.keyledger.ingest.gate.Denial;
import io.keyledger.ingest.gate.HostDecision;
import io.keyledger.ingest.gate.Verdict;
import io.keyledger.ingest.protocol.Answer;
import io.keyledger.ingest.protocol.Dialect;
import io.keyledger.ingest.protocol.Fault;
import io.keyledger.ingest.protocol.Problem;
import io.keyledger.ingest.protocol.ScannedLines;
import io.keyledger.ingest.usage.PushMeters;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Verdicts and faults to answers, in one place; those that say it finally are counted here. */
final class Answers {

    /** Agents that were all told to come again at once must not all come again at once. */
    private static final int RETRY_FROM_SECONDS = 1;

    private static final int RETRY_TO_SECONDS = 5;

    private final PushMeters meters;
    private final String sizes;

    /** Each that is always the same is made once: a flood of bad pushes is to cost next to nothing. */
    private final Map<Dialect, Map<Denial, Answer>> denied = new ConcurrentHashMap<>();

    /** @param sizes how large a push may be, for people */
    Answers(PushMeters meters, String sizes) {
        this.meters = meters;
        this.sizes = sizes;
    }

    Answer denied(Dialect dialect, Verdict.Denied verdict) {
        var denial = verdict.denial();
        if (denial == Denial.SUPERSEDED_KEY) {
            return dialect.problem(new Problem(denial.status(), denial.code(), verdict.hint(), Map.of()));
        }
        return denied.computeIfAbsent(dialect, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(denial, _ -> dialect.problem(Problem.of(denial)));
    }

    Answer unready(Dialect dialect, Verdict.Cause cause) {
        meters.onUnready(cause);
        return retry(dialect, cause);
    }

    /** Not counted as a push. */
    static Answer retry(Dialect dialect, Verdict.Cause cause) {
        var seconds = ThreadLocalRandom.current().nextInt(RETRY_FROM_SECONDS, RETRY_TO_SECONDS + 1);
        return dialect.problem(Problem.of(cause, Map.of("Retry-After", Integer.toString(seconds))));
    }

    Answer fault(Dialect dialect, Fault fault) {
        meters.onFault(fault);
        return dialect.problem(Problem.of(fault));
    }

    Answer unusable(Dialect dialect, ScannedLines lines) {
        return fault(dialect, Fault.NO_USABLE_LINE, Objects.requireNonNullElse(lines.firstError(), ""));
    }

    /** @param oneLine that a client that splits would send for ever */
    Answer tooLarge(Dialect dialect, boolean oneLine) {
        return fault(dialect, oneLine && dialect.splits() ? Fault.LINE_TOO_LONG : Fault.BODY_TOO_LARGE, sizes);
    }

    private Answer fault(Dialect dialect, Fault fault, String more) {
        meters.onFault(fault);
        return dialect.problem(Problem.of(fault, more));
    }

    Answer accepted(Dialect dialect, Verdict.Allowed allowed, ScannedLines lines) {
        var counts = lines.linesByHost();
        var rejected = lines.malformed();
        var why = lines.firstError();
        for (var host = 0; host < counts.length; host++) {
            HostDecision decision = allowed.hosts().get(host);
            if (decision.denial() != null) {
                rejected += counts[host];
                why = decision.denial().code() + ": " + decision.denial().hint();
            }
        }
        return rejected == 0 || why == null ? dialect.accepted() : dialect.partly(rejected, why);
    }
}
