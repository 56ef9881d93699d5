package io.keyledger.bench;

import io.keyledger.bench.RateStep.Receipt;
import io.keyledger.local.TrialSuite;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes to override keys of several organizations, each of which waits for its receipt. */
final class ChangesAtRate implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChangesAtRate.class);
    private static final int ORGANIZATIONS = 4;
    private static final int SYSTEMS = 16;
    private static final String REGENERATE = "/override/regenerate?wait=enforced&timeout=PT10S";

    private final List<Owner> owners = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    /** A System whose override is regenerated again and again. */
    private record Target(Owner owner, String system) {

        /** Returns how many Collectors have confirmed; -1: not all. */
        int regenerate() {
            var enforcement = owner.post("/api/v1/systems/" + system + REGENERATE, Map.of())
                    .path("enforcement");
            int of = enforcement.path("of").asInt(-1);
            return enforcement.path("enforcedOn").asInt(-1) == of ? of : -1;
        }
    }

    /** Makes the organizations and their keys. */
    ChangesAtRate(TrialSuite suite, String operatorToken) {
        for (int i = 0; i < ORGANIZATIONS; i++) {
            var owner = Owner.ofNewOrganization(suite.keyService().getPort(), operatorToken, "fleet-" + i);
            owners.add(owner);
            owner.newOverrides("fleet-", SYSTEMS).forEach(key -> targets.add(new Target(owner, key.system())));
        }
        // One organization after the other, and not System after System of one.
        Collections.shuffle(targets);
    }

    /**
     * Makes so many a second, whether the ones before were answered or not; returns when all are.
     *
     * @param collectors who have to confirm them
     */
    RateStep run(double rate, Duration duration, int collectors) {
        var receipts = Collections.synchronizedList(new ArrayList<Receipt>());
        long period = (long) (1e9 / rate);
        long start = System.nanoTime();
        try (var threads = Executors.newCachedThreadPool()) {
            for (long due = start; due - start < duration.toNanos(); due += period) {
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                long from = due;
                threads.execute(() -> receipts.add(change(from, collectors)));
            }
        }
        return new RateStep(rate, receipts);
    }

    private Receipt change(long due, int collectors) {
        var target = targets.get(next.getAndIncrement() % targets.size());
        boolean isComplete = false;
        try {
            isComplete = target.regenerate() == collectors;
        } catch (IllegalStateException | UncheckedIOException e) {
            LOG.atWarn().log("A change has no receipt: {}", e.getMessage());
        }
        return new Receipt(System.nanoTime() - due, isComplete);
    }

    @Override
    public void close() {
        owners.forEach(Owner::close);
    }
}
