package io.keyledger.key.directory;

import io.keyledger.key.directory.DirectoryStatus.Generation;
import io.keyledger.key.directory.Generations.Numbers;
import io.keyledger.key.ledger.streams.LedgerId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the directory following the events, on a thread of its own: has the generation that is read followed and the one
 * that is being built, and puts that one in its place when it has caught up. Whatever fails is tried
 * again: PostgreSQL may be away for as long as it likes.
 */
final class DirectoryFollower implements Rebuild, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DirectoryFollower.class);
    private static final Duration PERIOD = Duration.ofMillis(500);

    private final Generations generations;
    private final FollowedGenerations followed;
    private final TransactionTemplate transactions;
    private final ReadBarrier barrier;
    private final LedgerId ledger;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;

    private volatile boolean closed;
    private boolean away;
    private volatile @Nullable String problem = "The directory has not been looked at yet.";

    /**
     * Follows.
     *
     * @param transactions that write
     * @param ledger whose events the directory must have
     */
    DirectoryFollower(
            Generations generations,
            FollowedGenerations followed,
            TransactionTemplate transactions,
            ReadBarrier barrier,
            LedgerId ledger) {
        this.generations = generations;
        this.followed = followed;
        this.transactions = transactions;
        this.barrier = barrier;
        this.ledger = ledger;
        this.thread = Thread.ofPlatform().name("directory").daemon().unstarted(this::run);
    }

    /** Begins in the background. */
    void open() {
        thread.start();
    }

    @Override
    public void start() {
        database(() -> {
            generations.migrateRoot();
            generations.beginNext();
            return true;
        });
        wake.release();
    }

    @Override
    public DirectoryStatus status() {
        return database(() -> {
            var numbers = generations.numbers();
            return new DirectoryStatus(
                    generation(numbers.map(Numbers::current).orElse(null)),
                    generation(numbers.map(Numbers::building).orElse(null)));
        });
    }

    /** What keeps the directory from following, in one sentence; empty while it follows. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public void close() {
        closed = true;
        wake.release();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                step();
                away = false;
            } catch (DataAccessException | TransactionException | FlywayException e) {
                tell(e, "PostgreSQL cannot be used: " + e.getClass().getSimpleName());
            } catch (RuntimeException | Error e) {
                // A thread that ended here would leave the directory behind for ever, and say nothing.
                tell(e, "It fails: " + e.getClass().getSimpleName());
            }
            sleep();
        }
        followed.close();
    }

    private void tell(Throwable failure, String why) {
        if (!away) {
            log.atWarn().setCause(failure).log("The directory cannot follow: changes go on without it");
        }
        away = true;
        problem = why;
    }

    private void step() {
        var id = ledger.find().orElse(null);
        if (id == null) {
            show(null, "The ledger has not begun yet.");
            return;
        }
        generations.migrateRoot();
        var numbers = generations.numbers().orElse(null);
        if (numbers == null || !numbers.ledger().equals(id) || isLost(numbers.current())) {
            log.atWarn()
                    .addKeyValue("before", numbers)
                    .addKeyValue("ledger", id)
                    .log(
                            "The directory is new, was dropped or is of another ledger: it is filled from the first event");
            generations.beginAnew(numbers, id);
            wake.release();
            return;
        }
        followed.follow(numbers);
        var building = numbers.building();
        if (building != null && swapIfCaughtUp(numbers, building)) {
            return;
        }
        show(numbers.current(), followed.filling(numbers.current() == null ? building : numbers.current()));
    }

    private boolean isLost(@Nullable Integer generation) {
        return generation != null && generations.isLost(generation);
    }

    private boolean swapIfCaughtUp(Numbers numbers, int building) {
        if (!followed.hasCaughtUp(building)) {
            return false;
        }
        // A log that was cut or made anew never reaches the old positions: then the new generation counts as it is.
        boolean stuck = followed.problem(numbers.current()).isPresent();
        if (!Boolean.TRUE.equals(transactions.execute(_ -> generations.swap(numbers, building, stuck)))) {
            return false;
        }
        if (stuck) {
            barrier.forgetKnown();
        }
        log.atInfo().addKeyValue("generation", building).log("The directory was built anew");
        wake.release();
        return true;
    }

    private void show(@Nullable Integer generation, @Nullable String obstacle) {
        barrier.onCurrent(generation, generation == null && obstacle == null ? "It is being filled." : obstacle);
        var now = obstacle != null ? obstacle : followed.problem(generation).orElse(null);
        if (problem != null && now == null) {
            log.atInfo().addKeyValue("generation", generation).log("The directory follows the events");
        }
        problem = now;
    }

    private @Nullable Generation generation(@Nullable Integer number) {
        return number == null
                ? null
                : new Generation(
                        number,
                        generations.positions(number).stream()
                                .map(LedgerPosition::toString)
                                .toList());
    }

    private void sleep() {
        try {
            if (wake.tryAcquire(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private static <T> T database(Supplier<T> work) {
        try {
            return work.get();
        } catch (DataAccessException | TransactionException e) {
            throw new DirectoryUnavailableException("PostgreSQL is down, or the directory is being made.", e);
        }
    }
}
