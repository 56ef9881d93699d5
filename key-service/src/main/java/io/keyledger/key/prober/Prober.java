package io.keyledger.key.prober;

import io.keyledger.key.receipt.ReceiptsUnavailableException;
import io.keyledger.key.session.CommandSender.UnansweredException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Changes the prober's organization every few seconds, one change after the other, and measures each to its end. */
final class Prober {

    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

    private final ProberProperties properties;
    private final BooleanSupplier owns;
    private final Supplier<Canary> takeOver;
    private final Supplier<List<Target>> collectors;
    private final CanaryPush push;
    private final Propagation propagation;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("prober").daemon().factory());
    private @Nullable Canary canary;
    private boolean isActive;
    private long keyMadeNanos;
    private int turn;

    /**
     * Probes.
     *
     * @param owns whether it is this instance that rules on the prober's organization: that one probes
     * @param takeOver gives the organization, from now on this instance's, with its agents active
     * @param collectors those that serve
     */
    Prober(
            ProberProperties properties,
            BooleanSupplier owns,
            Supplier<Canary> takeOver,
            Supplier<List<Target>> collectors,
            CanaryPush push,
            Propagation propagation) {
        this.properties = properties;
        this.owns = owns;
        this.takeOver = takeOver;
        this.collectors = collectors;
        this.push = push;
        this.propagation = propagation;
    }

    /** Probes in the background until it is stopped. */
    void start() {
        // With a delay: a process that was paused must not make up for each round that it missed.
        var _ = timer.scheduleWithFixedDelay(this::round, 0, properties.every().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends it, in the middle of whatever it does. */
    void stop() {
        timer.shutdownNow();
    }

    /** One change of the flag, or the key's two. After a failure it takes over anew. */
    void round() {
        try {
            if (!owns.getAsBoolean()) {
                propagation.onState(Propagation.State.STANDBY);
                canary = null;
                return;
            }
            propagation.onState(Propagation.State.PROBING);
            var all = collectors.get();
            propagation.keepOnly(all.stream().map(Target::id).collect(Collectors.toSet()));
            var reached = reach(all);
            if (!reached.isEmpty()) {
                probe(reached);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // A thread that ended here would say nothing any more, and look as if all were well.
            if (!timer.isShutdown()) {
                propagation.onFailure(null, null, Failure.Why.LEDGER);
                LOG.atLevel(isExpected(e) ? Level.DEBUG : Level.WARN)
                        .setCause(e)
                        .log("A change could not be made: the prober takes over anew");
            }
        }
    }

    /** While Kafka is away each attempt ends so. */
    private static boolean isExpected(Throwable e) {
        return e instanceof UnansweredException || e instanceof ReceiptsUnavailableException;
    }

    private void probe(List<Target.Reached> reached) throws InterruptedException {
        var mine = canary == null ? takeOver() : canary;
        // Until it is measured it is open how things stand.
        canary = null;
        if (isActive
                && System.nanoTime() - keyMadeNanos >= properties.keyEvery().toNanos()) {
            measure(mine, CanaryChange.KEY_REVOKED, reached);
            measure(mine, CanaryChange.KEY_MADE, reached);
            keyMadeNanos = System.nanoTime();
        } else {
            measure(mine, isActive ? CanaryChange.DEACTIVATED : CanaryChange.ACTIVATED, reached);
            isActive = !isActive;
        }
        canary = mine;
    }

    private Canary takeOver() {
        var taken = takeOver.get();
        isActive = true;
        keyMadeNanos = System.nanoTime();
        return taken;
    }

    private void measure(Canary mine, CanaryChange change, List<Target.Reached> reached) throws InterruptedException {
        new Measurement(push, mine, change, properties.patience(), propagation).of(reached);
    }

    /** Where there are too many for one change they take turns. */
    private List<Target.Reached> reach(List<Target> all) {
        var reached = new ArrayList<Target.Reached>();
        int count = Math.min(all.size(), properties.maxCollectors());
        for (int i = 0; i < count; i++) {
            var target = all.get((turn + i) % all.size());
            target.address()
                    .ifPresentOrElse(
                            address -> reached.add(new Target.Reached(target.id(), address)),
                            () -> propagation.onFailure(target.id(), null, Failure.Why.NO_ADDRESS));
        }
        turn = all.isEmpty() ? 0 : (turn + count) % all.size();
        return reached;
    }
}
