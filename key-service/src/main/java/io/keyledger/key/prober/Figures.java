package io.keyledger.key.prober;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How long it took, over a time.
 *
 * @param sinceCall from the sending of the change to the first answer of a Collector that follows it
 * @param sinceAnswer from the change's own answer; zero where the Collector was first
 */
public record Figures(int count, Spread sinceCall, Spread sinceAnswer) {

    /** Two quantiles and the largest. */
    public record Spread(Duration p50, Duration p99, Duration max) {

        private static Spread of(List<Duration> all) {
            var sorted = all.stream().sorted().toList();
            return new Spread(at(sorted, 0.5), at(sorted, 0.99), sorted.getLast());
        }

        /** The nearest rank. */
        private static Duration at(List<Duration> sorted, double quantile) {
            return sorted.get((int) Math.ceil(quantile * sorted.size()) - 1);
        }
    }

    /** Of these; empty if there are none. */
    static Optional<Figures> of(List<Sample> samples) {
        return samples.isEmpty()
                ? Optional.empty()
                : Optional.of(new Figures(
                        samples.size(), spread(samples, Sample::sinceCall), spread(samples, Sample::sinceAnswer)));
    }

    private static Spread spread(List<Sample> samples, Function<Sample, Duration> time) {
        return Spread.of(samples.stream().map(time).toList());
    }
}
