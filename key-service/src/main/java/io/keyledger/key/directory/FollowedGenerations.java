package io.keyledger.key.directory;

import io.keyledger.client.KeyEventsConsumer;
import io.keyledger.key.directory.Generations.Numbers;
import io.micrometer.core.instrument.Counter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The generations of the directory that are filled, each by a consumer of the events. For one thread. */
final class FollowedGenerations implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FollowedGenerations.class);

    private final Generations generations;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final ReadBarrier barrier;
    private final Counter gaps;
    private final Function<GenerationWriter, KeyEventsConsumer> follow;
    private final Map<Integer, KeyEventsConsumer> consumers = new HashMap<>();

    /**
     * Follows none yet.
     *
     * @param transactions that write
     * @param gaps counts how often PostgreSQL has lost what was stored
     * @param follow starts a consumer of the events
     */
    FollowedGenerations(
            Generations generations,
            JdbcClient jdbc,
            TransactionTemplate transactions,
            ReadBarrier barrier,
            Counter gaps,
            Function<GenerationWriter, KeyEventsConsumer> follow) {
        this.generations = generations;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.barrier = barrier;
        this.gaps = gaps;
        this.follow = follow;
    }

    /** Makes what is missing of these, and follows them and no others. */
    void follow(Numbers numbers) {
        forget(generation -> !numbers.has(generation));
        numbers.all().forEach(this::ensure);
    }

    boolean hasCaughtUp(int generation) {
        var consumer = consumers.get(generation);
        return consumer != null && consumer.whenCaughtUp().toCompletableFuture().isDone();
    }

    /** What keeps its consumer from going on; empty also if it has none. */
    Optional<String> problem(@Nullable Integer generation) {
        return Optional.ofNullable(generation).map(consumers::get).flatMap(KeyEventsConsumer::problem);
    }

    /** Why only a part of what there was at the start can be read; null: all of it can. */
    @Nullable
    String filling(@Nullable Integer generation) {
        var consumer = generation == null ? null : consumers.get(generation);
        if (generation == null || consumer == null) {
            return "It is being filled.";
        }
        if (hasCaughtUp(generation)) {
            return null;
        }
        long taken = generations.taken(generation);
        long left = consumer.lags().values().stream().mapToLong(Long::longValue).sum();
        return consumer.problem().orElse("It is being filled, " + taken + " of " + (taken + left) + " records.");
    }

    @Override
    public void close() {
        consumers.values().forEach(KeyEventsConsumer::close);
    }

    private void ensure(int generation) {
        if (generations.isLost(generation)) {
            forget(number -> number == generation);
        } else if (hasLostCommits(generation)) {
            gaps.increment();
            log.atWarn()
                    .addKeyValue("generation", generation)
                    .log("PostgreSQL has lost what was stored: it is read again");
            forget(number -> number == generation);
        }
        if (!consumers.containsKey(generation)) {
            generations.migrate(generation);
            consumers.put(
                    generation,
                    follow.apply(new GenerationWriter(
                            generation,
                            jdbc,
                            transactions,
                            gaps,
                            position -> barrier.onReached(generation, position))));
        }
    }

    /** Whether there is less than there was, before the next event shows it. */
    private boolean hasLostCommits(int generation) {
        // In this order: what is stored only grows.
        var before = barrier.reached(generation);
        var stored = new HashMap<Integer, Long>();
        generations.positions(generation).forEach(found -> stored.put(found.partition(), found.revision()));
        return before.entrySet().stream().anyMatch(was -> stored.getOrDefault(was.getKey(), 0L) < was.getValue());
    }

    private void forget(IntPredicate which) {
        consumers.entrySet().removeIf(entry -> {
            boolean gone = which.test(entry.getKey());
            if (gone) {
                entry.getValue().close();
                barrier.forget(entry.getKey());
            }
            return gone;
        });
    }
}
