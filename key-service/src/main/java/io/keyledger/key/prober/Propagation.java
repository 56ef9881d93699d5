package io.keyledger.key.prober;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the prober of this process measured in the last hour. */
public final class Propagation {

    private static final Logger LOG = LoggerFactory.getLogger(Propagation.class);
    static final Duration KEPT = Duration.ofHours(1);
    private static final Duration[] BUCKETS = Stream.of(5, 10, 20, 50, 100, 200, 500, 1_000, 2_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private final Deque<Failure> failures = new ArrayDeque<>();
    private final Map<String, Failure.Why> failing = new ConcurrentHashMap<>();
    private @Nullable Failure lastFailure;
    private volatile State state = State.OFF;

    Propagation(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** What the prober of this process does. */
    public enum State {
        /** There is none. */
        OFF,
        /** Another instance probes, or the ledger does not run yet. */
        STANDBY,
        PROBING
    }

    /**
     * What was measured.
     *
     * @param refused of changes after which pushes are refused
     * @param accepted of those after which they are accepted
     * @param lastFailure of the last hour; of all Collectors together, the last of all
     */
    public record Measured(
            Optional<Figures> refused, Optional<Figures> accepted, int failures, Optional<Failure> lastFailure) {}

    /** All, and each Collector by id. */
    public record Report(State state, Measured all, Map<String, Measured> collectors) {}

    /** What is known now. */
    public synchronized Report report() {
        forget();
        var samplesOf = samples.stream().collect(Collectors.groupingBy(Sample::collector));
        var failuresOf = new HashMap<String, List<Failure>>();
        for (var failure : failures) {
            if (failure.collector() != null) {
                failuresOf
                        .computeIfAbsent(failure.collector(), _ -> new ArrayList<>())
                        .add(failure);
            }
        }
        var byCollector = new TreeMap<String, Measured>();
        Stream.concat(samplesOf.keySet().stream(), failuresOf.keySet().stream())
                .forEach(id -> byCollector.computeIfAbsent(
                        id,
                        _ -> measured(samplesOf.getOrDefault(id, List.of()), failuresOf.getOrDefault(id, List.of()))));
        var all = measured(List.copyOf(samples), List.copyOf(failures));
        return new Report(
                state,
                new Measured(all.refused(), all.accepted(), all.failures(), Optional.ofNullable(lastFailure)),
                byCollector);
    }

    private static Measured measured(List<Sample> measured, List<Failure> failed) {
        return new Measured(
                figures(measured, PushReply.REFUSED),
                figures(measured, PushReply.ACCEPTED),
                failed.size(),
                failed.isEmpty() ? Optional.empty() : Optional.of(failed.getLast()));
    }

    private static Optional<Figures> figures(List<Sample> measured, PushReply wanted) {
        return Figures.of(measured.stream()
                .filter(sample -> sample.change().wanted() == wanted)
                .toList());
    }

    void onState(State now) {
        state = now;
    }

    synchronized void onFollowed(String collector, CanaryChange change, Duration sinceCall, Duration sinceAnswer) {
        timer(collector, change.wanted()).record(sinceCall);
        failing.remove(collector);
        samples.addLast(new Sample(clock.instant(), collector, change, sinceCall, sinceAnswer));
        forget();
    }

    /** @param collector null: it was none of theirs */
    synchronized void onFailure(@Nullable String collector, @Nullable CanaryChange change, Failure.Why why) {
        registry.counter("keyledger.propagation.failures", "why", lower(why)).increment();
        var failure = new Failure(clock.instant(), collector, change, why);
        lastFailure = failure;
        failures.addLast(failure);
        forget();
        // Once: it comes again every few seconds.
        if (failing.put(collector == null ? "" : collector, why) != why) {
            LOG.atWarn()
                    .addKeyValue("collector", collector)
                    .addKeyValue("change", change)
                    .addKeyValue("why", why)
                    .log("A probe failed");
        }
    }

    /** The series of a Collector that is gone go with it. */
    synchronized void keepOnly(Set<String> collectors) {
        for (var meter : registry.find("keyledger.propagation").meters()) {
            if (!collectors.contains(meter.getId().getTag("collector"))) {
                registry.remove(meter);
            }
        }
        failing.keySet().removeIf(id -> !id.isEmpty() && !collectors.contains(id));
    }

    private Timer timer(String collector, PushReply wanted) {
        return Timer.builder("keyledger.propagation")
                .description("From a change to the first push that a Collector answers by it")
                .tag("collector", collector)
                .tag("answer", lower(wanted))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private void forget() {
        var from = clock.instant().minus(KEPT);
        forget(samples, Sample::at, from);
        forget(failures, Failure::at, from);
    }

    private static <T> void forget(Deque<T> all, Function<T, Instant> time, Instant from) {
        while (!all.isEmpty() && time.apply(all.getFirst()).isBefore(from)) {
            all.removeFirst();
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
