package io.keyledger.key.api;

import io.keyledger.key.prober.CanaryChange;
import io.keyledger.key.prober.Failure;
import io.keyledger.key.prober.Figures;
import io.keyledger.key.prober.Propagation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How soon Collectors follow a change, as the prober measures it all the time. */
@RestController
@RequestMapping("/api/v1/propagation")
@Tag(name = "Collectors")
class PropagationResource {

    private static final double MICROS_PER_MILLI = 1_000;

    private final Propagation propagation;

    PropagationResource(Propagation propagation) {
        this.propagation = propagation;
    }

    /** What was measured in the last hour. */
    @Schema(name = "Propagation")
    record PropagationView(
            @Schema(
                    description =
                            "OFF: no prober here; STANDBY: another instance probes, ask it, or the ledger does not run yet")
            Propagation.State state,

            @Schema(description = "of changes after which pushes are refused; null: none in the last hour") @Nullable
            FiguresView refused,

            @Schema(description = "of changes after which they are accepted") @Nullable
            FiguresView accepted,

            @Schema(description = "in the last hour") int failures,

            @Schema(description = "the last since the start of this instance") @Nullable
            FailureView lastFailure,

            List<CollectorPropagation> collectors) {}

    /** What was measured of one Collector in the last hour. */
    @Schema(name = "CollectorPropagation")
    record CollectorPropagation(
            String id,
            @Nullable FiguresView refused,
            @Nullable FiguresView accepted,
            int failures,
            @Nullable FailureView lastFailure) {}

    /** How long it took. */
    @Schema(name = "PropagationFigures")
    record FiguresView(
            int count,

            @Schema(description = "from the sending of the change to the end of the first push that was answered by it")
            SpreadView sinceCall,

            @Schema(description = "from the answer to the change; 0 where the Collector was first")
            SpreadView sinceAnswer) {

        static @Nullable FiguresView of(Optional<Figures> found) {
            return found.map(figures -> new FiguresView(
                            figures.count(), SpreadView.of(figures.sinceCall()), SpreadView.of(figures.sinceAnswer())))
                    .orElse(null);
        }
    }

    /** Two quantiles and the largest. */
    @Schema(name = "PropagationSpread")
    record SpreadView(double p50Ms, double p99Ms, double maxMs) {

        private static SpreadView of(Figures.Spread spread) {
            return new SpreadView(millis(spread.p50()), millis(spread.p99()), millis(spread.max()));
        }

        private static double millis(Duration time) {
            return TimeUnit.NANOSECONDS.toMicros(time.toNanos()) / MICROS_PER_MILLI;
        }
    }

    /** What could not be measured, or went wrong. */
    @Schema(name = "PropagationFailure")
    record FailureView(
            Instant at,

            @Schema(description = "null: it was none of theirs") @Nullable
            String collector,

            @Schema(description = "null: before any") @Nullable
            CanaryChange change,

            @Schema(description = """
                    NO_ADDRESS: it tells none (keyledger.collector.address). UNREACHABLE, UNREADY (503), UNEXPECTED (another \
                    status): it could not be measured. DID_NOT_FOLLOW: it accepted or refused what it should not. LEDGER: \
                    the change was not made""") Failure.Why why) {

        static @Nullable FailureView of(Optional<Failure> found) {
            return found.map(failure ->
                            new FailureView(failure.at(), failure.collector(), failure.change(), failure.why()))
                    .orElse(null);
        }
    }

    @GetMapping
    @Operation(
            summary = "Show how soon Collectors follow a change",
            description = "As the prober of this instance has measured it in the last hour, with its own organization.")
    PropagationView show(Onlooker onlooker) {
        var report = propagation.report();
        var all = report.all();
        return new PropagationView(
                report.state(),
                FiguresView.of(all.refused()),
                FiguresView.of(all.accepted()),
                all.failures(),
                FailureView.of(all.lastFailure()),
                report.collectors().entrySet().stream()
                        .map(entry -> {
                            var one = entry.getValue();
                            return new CollectorPropagation(
                                    entry.getKey(),
                                    FiguresView.of(one.refused()),
                                    FiguresView.of(one.accepted()),
                                    one.failures(),
                                    FailureView.of(one.lastFailure()));
                        })
                        .toList());
    }
}
