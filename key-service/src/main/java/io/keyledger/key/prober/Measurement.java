package io.keyledger.key.prober;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One change, and how soon each Collector followed it. */
record Measurement(CanaryPush push, Canary canary, CanaryChange change, Duration patience, Propagation propagation) {

    private record Watched(Target.Reached collector, Future<Watch.End> end) {

        Watch.End await() throws InterruptedException {
            try {
                return end.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("Expected an answer of a Collector, or none.", e.getCause());
            }
        }
    }

    /** Makes the change and watches these. What throws here is the change's own failure: the Collectors are then not judged. */
    void of(List<Target.Reached> collectors) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var inStep = inStep(threads, collectors);
            var answered = new CompletableFuture<Long>();
            long called = System.nanoTime();
            // A refusal may come before the answer. What is to be accepted has to be from the answer on.
            var early = change.wanted() == PushReply.REFUSED
                    ? watch(threads, change.wanted(), inStep, answered)
                    : List.<Watched>of();
            try {
                canary.apply(change);
                answered.complete(System.nanoTime());
            } catch (RuntimeException | Error e) {
                answered.completeExceptionally(e);
                throw e;
            }
            var watched =
                    change.wanted() == PushReply.REFUSED ? early : watch(threads, change.wanted(), inStep, answered);
            for (var one : watched) {
                judge(one.collector(), one.await(), called, answered.join());
            }
        }
    }

    /** Those that answer as they should before the change; it opens the connections, too. */
    private List<Target.Reached> inStep(ExecutorService threads, List<Target.Reached> collectors)
            throws InterruptedException {
        var now = CompletableFuture.completedFuture(System.nanoTime());
        var inStep = new ArrayList<Target.Reached>();
        for (var one : watch(threads, change.before(), collectors, now)) {
            var reply = one.await().reply();
            if (reply == change.before()) {
                inStep.add(one.collector());
            } else {
                propagation.onFailure(one.collector().id(), change, Failure.Why.of(reply));
            }
        }
        return inStep;
    }

    private List<Watched> watch(
            ExecutorService threads,
            PushReply wanted,
            List<Target.Reached> collectors,
            CompletableFuture<Long> answered) {
        return collectors.stream()
                .map(collector -> {
                    var watch = new Watch(push, collector.address(), canary.key(), wanted, patience);
                    return new Watched(collector, threads.submit(() -> watch.until(answered)));
                })
                .toList();
    }

    private void judge(Target.Reached collector, Watch.End end, long called, long answered) {
        if (end.reply() == change.wanted()) {
            var sinceCall = Duration.ofNanos(end.atNanos() - called);
            var sinceAnswer = Duration.ofNanos(Math.max(0, end.atNanos() - answered));
            propagation.onFollowed(collector.id(), change, sinceCall, sinceAnswer);
        } else {
            propagation.onFailure(collector.id(), change, Failure.Why.of(end.reply()));
        }
    }
}
