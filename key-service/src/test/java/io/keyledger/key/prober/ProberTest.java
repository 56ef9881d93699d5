package io.keyledger.key.prober;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.key.prober.Failure.Why;
import io.keyledger.key.prober.Propagation.State;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ProberTest {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration PATIENCE = Duration.ofMillis(60);

    private final FakeFleet fleet = new FakeFleet("a", "b");
    private final Propagation propagation = new Propagation(new SimpleMeterRegistry(), InstantSource.system());
    private final AtomicInteger takenOver = new AtomicInteger();
    private boolean owns = true;

    @Test
    void eachCollectorIsMeasuredAtEachChange() {
        var prober = prober(NEVER, 64);
        prober.round();
        prober.round();
        prober.round();

        assertThat(fleet.changes)
                .containsExactly(CanaryChange.DEACTIVATED, CanaryChange.ACTIVATED, CanaryChange.DEACTIVATED);
        var report = propagation.report();
        assertThat(report.state()).isEqualTo(State.PROBING);
        assertThat(report.all().refused().orElseThrow().count()).isEqualTo(4);
        assertThat(report.all().accepted().orElseThrow().count()).isEqualTo(2);
        assertThat(report.all().failures()).isZero();
        assertThat(report.collectors()).containsOnlyKeys("a", "b");
        assertThat(of("a").refused().orElseThrow().count()).isEqualTo(2);
        assertThat(takenOver).hasValue(1);
    }

    @Test
    void aKeyIsRevokedAndAnotherMade() {
        var prober = prober(Duration.ofNanos(1), 64);
        prober.round();
        prober.round();

        assertThat(fleet.changes)
                .containsExactly(
                        CanaryChange.KEY_REVOKED,
                        CanaryChange.KEY_MADE,
                        CanaryChange.KEY_REVOKED,
                        CanaryChange.KEY_MADE);
        assertThat(propagation.report().all().failures()).isZero();
        assertThat(propagation.report().all().accepted().orElseThrow().count()).isEqualTo(4);
    }

    @Test
    void oneThatGoesOnAcceptingIsNamedAndTheOtherMeasured() {
        fleet.answers("b", PushReply.ACCEPTED);
        prober(NEVER, 64).round();

        assertThat(last()).returns("b", Failure::collector).returns(Why.DID_NOT_FOLLOW, Failure::why);
        assertThat(propagation.report().all().failures()).isOne();
        assertThat(of("a").refused()).isPresent();
        assertThat(of("b").refused()).isEmpty();
    }

    @Test
    void oneThatRefusesWhatWasMadeIsNamedAtOnce() {
        var prober = prober(NEVER, 64);
        prober.round();
        fleet.answers("a", PushReply.REFUSED);
        prober.round();

        assertThat(last())
                .returns("a", Failure::collector)
                .returns(CanaryChange.ACTIVATED, Failure::change)
                .returns(Why.DID_NOT_FOLLOW, Failure::why);
    }

    @Test
    void whoCannotBeReachedOrCannotTellHasNotRefused() {
        fleet.answers("a", PushReply.UNREACHABLE);
        fleet.answers("b", PushReply.UNREADY);
        var prober = prober(NEVER, 64);
        prober.round();

        var report = propagation.report();
        assertThat(report.all().refused()).isEmpty();
        assertThat(of("a").lastFailure().orElseThrow().why()).isEqualTo(Why.UNREACHABLE);
        assertThat(of("b").lastFailure().orElseThrow().why()).isEqualTo(Why.UNREADY);

        fleet.follows("a");
        prober.round();
        assertThat(of("a").accepted()).isPresent();
    }

    @Test
    void oneWithoutAnAddressIsNamed() {
        fleet.targets.add(new Target("c", Optional.empty()));
        prober(NEVER, 64).round();

        assertThat(last()).returns("c", Failure::collector).returns(Why.NO_ADDRESS, Failure::why);
        assertThat(propagation.report().all().refused().orElseThrow().count()).isEqualTo(2);
    }

    @Test
    void onlyWhoRulesOnTheOrganizationProbes() {
        var prober = prober(NEVER, 64);
        prober.round();
        owns = false;
        prober.round();
        assertThat(propagation.report().state()).isEqualTo(State.STANDBY);
        assertThat(fleet.changes).hasSize(1);

        owns = true;
        fleet.apply(CanaryChange.ACTIVATED);
        prober.round();
        assertThat(takenOver).hasValue(2);
        assertThat(fleet.changes).last().isEqualTo(CanaryChange.DEACTIVATED);
    }

    @Test
    void aLedgerThatIsAwayIsAFailureAndTheProberBeginsAnew() {
        fleet.isAway = true;
        var prober = prober(NEVER, 64);
        prober.round();
        assertThat(last()).returns(null, Failure::collector).returns(Why.LEDGER, Failure::why);

        fleet.isAway = false;
        prober.round();
        assertThat(takenOver).hasValue(2);
        assertThat(propagation.report().all().refused()).isPresent();
    }

    @Test
    void withoutCollectorsNothingIsChanged() {
        fleet.targets.clear();
        prober(NEVER, 64).round();

        assertThat(fleet.changes).isEmpty();
        assertThat(takenOver).hasValue(0);
    }

    @Test
    void manyCollectorsTakeTurns() {
        for (var id : List.of("c", "d", "e")) {
            fleet.targets.add(new Target(id, Optional.of(URI.create("http://" + id))));
        }
        var prober = prober(NEVER, 2);
        prober.round();
        assertThat(propagation.report().collectors()).containsOnlyKeys("a", "b");
        prober.round();
        prober.round();
        assertThat(propagation.report().collectors()).containsOnlyKeys("a", "b", "c", "d", "e");
    }

    @Test
    void aRoundThatTookLongIsNotMadeUpFor() throws Exception {
        var every = Duration.ofMillis(50);
        var asked = new LinkedBlockingQueue<Long>();
        var prober = prober(new ProberProperties(every, NEVER, PATIENCE, PATIENCE, 64), () -> {
            pause(asked.isEmpty() ? every.multipliedBy(6) : Duration.ZERO);
            asked.add(System.nanoTime());
            return List.of();
        });
        prober.start();
        try {
            long before = Objects.requireNonNull(asked.take());
            for (int round = 0; round < 3; round++) {
                long next = Objects.requireNonNull(asked.take());
                assertThat(next - before).isGreaterThanOrEqualTo(every.toNanos());
                before = next;
            }
        } finally {
            prober.stop();
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Propagation.Measured of(String collector) {
        return Objects.requireNonNull(propagation.report().collectors().get(collector));
    }

    private Failure last() {
        return propagation.report().all().lastFailure().orElseThrow();
    }

    private Prober prober(Duration keyEvery, int maxCollectors) {
        return prober(new ProberProperties(NEVER, keyEvery, PATIENCE, PATIENCE, maxCollectors), () -> fleet.targets);
    }

    private Prober prober(ProberProperties properties, Supplier<List<Target>> targets) {
        return new Prober(
                properties,
                () -> owns,
                () -> {
                    takenOver.incrementAndGet();
                    return fleet;
                },
                targets,
                fleet,
                propagation);
    }
}
