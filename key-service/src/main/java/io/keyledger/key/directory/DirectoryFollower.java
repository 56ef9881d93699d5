package io.keyledger.key.directory;

import io.keyledger.client.KeyEventsConsumer;
import io.keyledger.key.directory.DirectoryStatus.Generation;
import io.keyledger.key.directory.Generations.Numbers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the directory following the events, on a thread of its own: makes what is missing, follows the generation that is
 * read and the one that is being built, and puts that one in its place when it has caught up. Whatever fails is tried
 * again: PostgreSQL may be away for as long as it likes.
 */
final class DirectoryFollower implements Rebuild, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DirectoryFollower.class);
    private static final Duration PERIOD = Duration.ofMillis(500);

    private final Generations generations;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final ReadBarrier barrier;
    private final Function<GenerationWriter, KeyEventsConsumer> follow;
    private final Map<Integer, KeyEventsConsumer> followed = new HashMap<>();
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    /** The generation that is read; 0: not known yet. */
    private volatile int reading;

    private volatile boolean closed;
    private volatile @Nullable String problem = "The directory has not been looked at yet.";

    /**
     * Follows.
     *
     * @param transactions that write
     * @param follow starts a consumer of the events
     */
    DirectoryFollower(
            Generations generations,
            JdbcClient jdbc,
            TransactionTemplate transactions,
            ReadBarrier barrier,
            Function<GenerationWriter, KeyEventsConsumer> follow) {
        this.generations = generations;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.barrier = barrier;
        this.follow = follow;
        this.thread = Thread.ofPlatform().name("directory").daemon().unstarted(this::run);
    }

    /** Begins in the background. */
    void open() {
        thread.start();
    }

    @Override
    public void start() {
        database(() -> {
            generations.beginNext();
            return true;
        });
        wake.release();
    }

    @Override
    public DirectoryStatus status() {
        return database(() -> {
            var numbers = generations.numbers();
            var building = numbers.building();
            return new DirectoryStatus(generation(numbers.current()), building == null ? null : generation(building));
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
            } catch (DataAccessException | TransactionException | FlywayException e) {
                if (problem == null) {
                    log.atWarn().setCause(e).log("The directory cannot follow: changes go on without it");
                }
                problem = "PostgreSQL cannot be used: " + e.getClass().getSimpleName();
                if (e instanceof BadSqlGrammarException) {
                    // Not PostgreSQL is away, but what was in it.
                    forget(_ -> true);
                }
            }
            sleep();
        }
        followed.values().forEach(KeyEventsConsumer::close);
    }

    private void step() {
        if (followed.isEmpty()) {
            generations.migrateRoot();
        }
        var numbers = generations.numbers();
        forget(generation ->
                generation != numbers.current() && !Integer.valueOf(generation).equals(numbers.building()));
        forget(generations::isLost);
        ensure(numbers.current());
        read(numbers.current());
        var building = numbers.building();
        if (building != null) {
            ensure(building);
            swapIfCaughtUp(numbers, building);
        }
        var current = Optional.ofNullable(followed.get(numbers.current()));
        barrier.onWhole(current.map(consumer -> consumer.whenCaughtUp().toCompletableFuture())
                .filter(CompletableFuture::isDone)
                .isPresent());
        var now = current.flatMap(KeyEventsConsumer::problem);
        if (problem != null && now.isEmpty()) {
            log.atInfo().addKeyValue("generation", numbers.current()).log("The directory follows the events");
        }
        problem = now.orElse(null);
    }

    private void ensure(int generation) {
        if (!followed.containsKey(generation)) {
            if (followed.isEmpty()) {
                // Before its tables are there, empty, for all to read.
                barrier.onLost();
            }
            generations.migrate(generation);
            followed.put(
                    generation,
                    follow.apply(new GenerationWriter(
                            generation, jdbc, transactions, position -> onReached(generation, position))));
        }
    }

    /** What the generation that is being built has reached is of no use to those who read the other one. */
    private void onReached(int generation, LedgerPosition position) {
        if (generation == reading) {
            barrier.onReached(position);
        }
    }

    private void read(int generation) {
        if (reading != generation) {
            reading = generation;
            generations.positions(generation).forEach(barrier::onReached);
        }
    }

    /** Follows these no more. */
    private void forget(IntPredicate which) {
        followed.entrySet().removeIf(entry -> {
            boolean gone = which.test(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
    }

    private void swapIfCaughtUp(Numbers numbers, int building) {
        var next = followed.get(building);
        var current = followed.get(numbers.current());
        if (next == null || !next.whenCaughtUp().toCompletableFuture().isDone()) {
            return;
        }
        // A log that was cut or made anew never reaches the old positions: then the new generation counts as it is.
        boolean stuck = current != null && current.problem().isPresent();
        if (Boolean.TRUE.equals(transactions.execute(_ -> generations.swap(numbers, stuck)))) {
            log.atInfo().addKeyValue("generation", building).log("The directory was built anew");
            wake.release();
        }
    }

    private Generation generation(int number) {
        return new Generation(
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
